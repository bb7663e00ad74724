//! Turns `data/*.yaml` into what is embedded in the program, ready to use, and refuses broken data.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "the build script reads the data files and speaks to cargo"
)]

use std::fs;
use std::path::Path;

mod yaml {
    pub use serde_yaml::Value;
}

#[allow(dead_code)]
#[allow(clippy::cast_possible_truncation, reason = "as in src/gazetteer/mod.rs")]
#[path = "src/gazetteer"]
mod gazetteer {
    pub mod compile;
    pub mod engine;
    pub mod entity;
    pub mod entry;
    pub mod gap;
    pub mod gather;
    pub mod matcher;
    pub mod rows;
    pub mod vocabulary;
    pub mod words;
}

use gazetteer::compile::compile;
use gazetteer::entity::Knowledge;
use gazetteer::{entry, gather};

fn main() {
    // The theme is embedded by a macro that cargo cannot look into.
    println!("cargo::rerun-if-changed=templates");
    println!("cargo::rerun-if-changed=static");

    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    println!("cargo::rerun-if-changed=data");
    let mut files: Vec<_> = fs::read_dir(&folder)
        .expect("the package has a data folder")
        .map(|file| file.expect("the data folder can be listed").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "yaml"))
        .collect();
    // Countries first, because the others extend them.
    files.sort_by_key(|path| (!path.ends_with("countries.yaml"), path.clone()));
    let mut all = Knowledge::default();
    let mut extending = Vec::new();
    let mut broken = Vec::new();
    for path in files {
        let text = fs::read_to_string(&path).expect("data files are UTF-8");
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let top: yaml::Value =
            serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("data/{name}: {error}"));
        let mut slips = Vec::new();
        extending.extend(entry::read_file(&top, &mut all, &mut slips));
        let slips = slips.iter();
        broken.extend(slips.map(|slip| format!("data/{name}: {}: {}", slip.id, slip.message)));
    }
    let mut slips = Vec::new();
    for entity in extending {
        gather::add(entity, true, &mut all, &mut slips);
    }
    broken.extend(slips.iter().map(|slip| format!("data: {}: {}", slip.id, slip.message)));
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
    let out = std::env::var_os("OUT_DIR").expect("cargo names the folder for generated files");
    let pack = |name: &str, bytes: Result<Vec<u8>, postcard::Error>| {
        let bytes = bytes.expect("plain data can be packed");
        fs::write(Path::new(&out).join(name), bytes).expect("the build folder can be written");
    };
    pack("knowledge", postcard::to_allocvec(&all));
    let (mut engine, entities) = compile(all);
    let mut packed = Vec::new();
    for entity in &entities {
        engine.starts.push(u32::try_from(packed.len()).expect("the names are a few megabytes"));
        packed.extend(postcard::to_allocvec(entity).expect("plain data can be packed"));
    }
    pack("engine", postcard::to_allocvec(&engine));
    pack("entities", Ok(packed));
}
