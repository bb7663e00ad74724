//! Scores the gazetteer against the tuning set: `cargo run --release --example score [-- -v]`.

#![allow(clippy::disallowed_macros, reason = "a score is printed")]

#[path = "../tests/tagging/scoring.rs"]
mod scoring;

fn main() {
    let wrong = std::env::args().any(|argument| argument == "-v");
    let filter = std::env::args().skip(1).find(|argument| argument != "-v");
    let report = scoring::run();
    if wrong {
        for (id, line) in &report.wrong {
            if filter.as_ref().is_none_or(|filter| id.contains(filter)) {
                println!("{line}");
            }
        }
    }
    print!("{}", report.table());
}
