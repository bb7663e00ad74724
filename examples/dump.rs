#![allow(clippy::all, clippy::pedantic, clippy::disallowed_macros, clippy::disallowed_methods)]
use newsgen::gazetteer::*;
fn main() {
    let g = Gazetteer::built_in();
    let text = std::fs::read_to_string("tests/tagging/briefings.yaml").unwrap();
    let cases: serde_json::Value = serde_yaml::from_str(&text).unwrap();
    for case in cases.as_array().unwrap() {
        let text = case["text"].as_str().unwrap();
        let date = case["date"].as_str().and_then(|d| d.parse().ok());
        let p = newsgen::shell::passages::of(text);
        let f = g.read(&p, Options { date, salience: true, explain: true });
        let n = text.split_whitespace().count();
        let has = |v: &serde_json::Value, id: &str| {
            v.as_array()
                .is_some_and(|a| a.iter().any(|x| x.as_str().is_some_and(|x| x.eq_ignore_ascii_case(id))))
        };
        for (kind, list) in [("c", &f.countries), ("a", &f.actors), ("p", &f.passed_over)] {
            for t in list {
                let country = t.kind == "country" || t.kind == "territory";
                let kind = if kind == "p" {
                    if t.reasons.iter().any(|r| r.contains("actor")) || !country { "a" } else { "c" }
                } else {
                    kind
                };
                let key = if kind == "c" { "countries" } else { "actors" };
                let label = if has(&case["focus"][key], &t.id) {
                    1
                } else if has(&case["also"][key], &t.id) {
                    -1
                } else {
                    0
                };
                println!(
                    "{}\t{}\t{}\t{}\t{}\t{:.2}\t{}",
                    case["id"].as_str().unwrap(),
                    n,
                    kind,
                    t.id,
                    label,
                    t.score,
                    t.reasons.join("|")
                );
            }
        }
    }
}
