//! What publishing costs beside the bare writing of the same files: `cargo run --release --example publish [FILES]`.
//!
//! Prints the times of one thread-pool writing all files into empty folders (the floor), of a first publication, of one
//! with nothing changed and of one with every hundredth file changed, each as a ratio to the floor, best of three.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "a benchmark writes files and tells"
)]

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use indicatif::ProgressBar;
use newsgen::render::Rendered;
use newsgen::shell::publish::{Order, put};
use rayon::prelude::*;

fn main() -> anyhow::Result<()> {
    let count: usize = std::env::args().nth(1).map_or(Ok(25_000), |count| count.parse())?;
    // As newsgen has them: two files in each folder, 14 KB on average.
    let files: Vec<String> = (0..count)
        .map(|at| format!("briefings/page-{}/{}", at / 2, ["index.html", "index.md"][at % 2]))
        .collect();
    let bytes = |at: usize, version: usize| {
        let version = if at.is_multiple_of(100) { version } else { 0 };
        format!("{at} {version} ").repeat(if at.is_multiple_of(2) { 2_400 } else { 400 }).into_bytes()
    };
    let work = tempfile::tempdir()?;
    let mut best = [Duration::MAX; 4];
    for round in 0..3 {
        let folder = work.path().join(format!("round-{round}"));
        fs::create_dir(&folder)?;
        let mut step = |number: usize, run: &dyn Fn() -> anyhow::Result<()>| -> anyhow::Result<()> {
            let started = Instant::now();
            run()?;
            best[number] = best[number].min(started.elapsed());
            Ok(())
        };
        let publish = |version: usize| -> anyhow::Result<()> {
            let progress = ProgressBar::hidden();
            let render = |at: usize| Ok(Rendered::Bytes(bytes(at, version)));
            let order = Order { root: &folder, files: &files, render: &render, progress: &progress };
            put(&folder.join("public"), &order).map(|_| ())
        };
        step(0, &|| bare(&folder.join("bare"), &files, &|at| bytes(at, 1)))?;
        step(1, &|| publish(1))?;
        step(2, &|| publish(1))?;
        step(3, &|| publish(2))?;
        fs::remove_dir_all(&folder)?;
    }
    println!("{count} files");
    for (what, time) in ["bare writing", "first", "nothing changed", "1 % changed"].iter().zip(best) {
        let ratio = time.as_secs_f64() / best[0].as_secs_f64();
        println!("{what:16} {:6.0} ms  {ratio:.2}", time.as_secs_f64() * 1000.0);
    }
    Ok(())
}

/// Folders and files, nothing else.
fn bare(folder: &Path, files: &[String], bytes: &(dyn Fn(usize) -> Vec<u8> + Sync)) -> anyhow::Result<()> {
    fs::create_dir_all(folder.join("briefings"))?;
    let pairs: Vec<usize> = (0..files.len()).step_by(2).collect();
    pairs.par_iter().try_for_each(|first| {
        let path = folder.join(&files[*first]);
        fs::create_dir(path.parent().unwrap_or(&path))?;
        for (at, file) in files.iter().enumerate().take(first + 2).skip(*first) {
            fs::write(folder.join(file), bytes(at))?;
        }
        anyhow::Ok(())
    })
}
