//! Scores the gazetteer against the tuning set: `cargo run --release --example score [-- -v [ID]]`, or against another
//! set with the same files: `-- --set FOLDER`.

#![allow(clippy::disallowed_macros, reason = "a score is printed")]

#[path = "../tests/tagging/scoring.rs"]
mod scoring;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (mut wrong, mut folder, mut filter) = (false, None, None);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "-v" => wrong = true,
            "--set" => folder = arguments.next(),
            _ => filter = Some(argument),
        }
    }
    let report = scoring::run(folder.as_deref());
    if wrong {
        for (id, line) in &report.wrong {
            if filter.as_ref().is_none_or(|filter| id.contains(filter)) {
                println!("{line}");
            }
        }
    }
    print!("{}", report.table());
}
