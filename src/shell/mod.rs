//! Everything that touches the world: disk, clock, network, terminal. Only here is decided what is fatal.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "the shell is the one floor that touches the world"
)]

pub mod build;
pub mod check;
pub mod cli;
pub mod clock;
pub mod disk;
pub mod doctor;
pub mod explain;
pub mod folder;
pub mod import;
pub mod init;
pub mod links;
pub mod moments;
pub mod passages;
pub mod preview;
pub mod publish;
pub mod rename;
pub mod report;
pub mod sarif;
pub mod status;
pub mod tags;
pub mod watch;
pub mod whole_file;
