//! The data files hang together, and there is enough of them.

use std::collections::BTreeMap;

use newsgen::gazetteer::{Gazetteer, coherence};

#[test]
fn every_name_means_one_thing_or_carries_a_rule() {
    let slips = coherence::check(&Gazetteer::knowledge());
    let lines: Vec<String> = slips.iter().map(|slip| format!("{}: {}", slip.code, slip.message)).collect();
    assert!(lines.is_empty(), "{} slips:\n{}", lines.len(), lines.join("\n"));
}

#[test]
fn there_are_names_enough() {
    let count = Gazetteer::built_in().name_count();
    assert!(count >= 2500, "{count} names");
}

#[test]
fn all_249_codes_and_kosovo_lie_in_a_region() {
    let regions = Gazetteer::built_in().country_regions();
    assert_eq!(regions.len(), 250);
    assert_eq!(regions.get("xkx").map(String::as_str), Some("europe"));
}

#[test]
fn every_preset_takes_every_country() {
    let known = Gazetteer::knowledge();
    for (name, regions) in &known.presets {
        let mut other = known.clone();
        other.regions.clone_from(regions);
        let slips: Vec<String> = coherence::check(&other)
            .into_iter()
            .filter(|slip| slip.code == "bad-partition")
            .map(|slip| slip.message)
            .collect();
        assert!(slips.is_empty(), "{name}: {}", slips.join(", "));
    }
}

#[test]
fn every_kind_of_thing_is_known() {
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    let gazetteer = Gazetteer::built_in();
    for entity in gazetteer.entities() {
        *kinds.entry(entity.kind.word()).or_default() += 1;
    }
    for (kind, least) in
        [("person", 200), ("office", 100), ("company", 100), ("igo", 50), ("armed-group", 50)]
    {
        let count = kinds.get(kind).copied().unwrap_or_default();
        assert!(count >= least, "{count} of kind {kind}");
    }
}
