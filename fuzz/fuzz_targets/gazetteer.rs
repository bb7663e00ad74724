//! Any bytes as a text: read without panic, every match on characters, the same answer twice.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use newsgen::gazetteer::{Gazetteer, Options, Part, Passage};

static NAMES: OnceLock<Gazetteer> = OnceLock::new();

fuzz_target!(|bytes: &[u8]| {
    let names = NAMES.get_or_init(Gazetteer::built_in);
    let text = String::from_utf8_lossy(bytes);
    let half = (0..=text.len() / 2).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let passages = [
        Passage { text: &text[..half], offset: 0, part: Part::Title },
        Passage { text: &text[half..], offset: half, part: Part::Facts },
    ];
    for salience in [false, true] {
        let options = Options { date: "2025-06-05".parse().ok(), salience, explain: true };
        let found = names.read(&passages, options);
        for mention in &found.mentions {
            assert!(text.get(mention.start..mention.end).is_some());
        }
        assert_eq!(found, names.read(&passages, options));
    }
});
