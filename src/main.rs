//! Arguments in, exit code out.
#![forbid(unsafe_code)]

fn main() -> std::process::ExitCode {
    newsgen::shell::cli::run().into()
}
