//! One published file: how it is made, compared and carried over. All that differs between operating systems is here.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;

/// How much is read and compared at once, in bytes.
const CHUNK: usize = 8 * 1024;

/// Larger files that are only copied are trusted to be unchanged if size and time of change are (as rsync does);
/// smaller ones are compared byte by byte.
const TRUSTED_FROM: u64 = 1024 * 1024;

/// Whether files and folders must be given their modes by hand, because the umask or an inherited access list takes
/// away what a web server needs.
#[derive(Debug, Clone, Copy, Default)]
pub struct Modes {
    files: bool,
    folders: bool,
}

impl Modes {
    /// Finds out, with a trial folder and file inside `folder`.
    ///
    /// # Errors
    /// The disk fails.
    pub fn found(folder: &Path) -> io::Result<Self> {
        let trial = folder.join("modes");
        let mut modes = Self::default();
        // A build that was killed just here has left its trial.
        match fs::remove_dir_all(&trial) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => fs::create_dir(&trial)?,
        }
        modes.folders = mode(&fs::metadata(&trial)?).is_some_and(|mode| mode != 0o755);
        let file = trial.join("file");
        modes.files = mode(&new(&file)?.metadata()?).is_some_and(|mode| mode != 0o644);
        fs::remove_file(&file)?;
        fs::remove_dir(&trial)?;
        Ok(modes)
    }

    /// Writes a file that was not there, readable by everybody (0644).
    ///
    /// # Errors
    /// The disk fails, or the file is there.
    pub fn write(self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = new(path)?;
        if self.files {
            set_mode(&file, 0o644)?;
        }
        file.write_all(bytes)
    }

    /// Copies a file to where none was, readable by everybody (0644), with its time of change.
    ///
    /// # Errors
    /// The disk fails, or the file is there.
    pub fn copy(self, from: &Path, to: &Path) -> io::Result<()> {
        let mut source = File::open(from)?;
        let mut target = new(to)?;
        if self.files {
            set_mode(&target, 0o644)?;
        }
        io::copy(&mut source, &mut target)?;
        if let Ok(modified) = source.metadata()?.modified() {
            // A disk that keeps no times costs a comparison at the next build, nothing more.
            let _ = target.set_modified(modified);
        }
        Ok(())
    }

    /// Makes a folder that everybody may look into (0755); one that is there is fine.
    ///
    /// # Errors
    /// The disk fails.
    pub fn folder(self, path: &Path) -> io::Result<()> {
        match fs::create_dir(path) {
            Ok(()) if self.folders => set_folder_mode(path, 0o755),
            Ok(()) => Ok(()),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
            Err(error) => Err(error),
        }
    }
}

/// Whether a published file holds exactly these bytes and can be read by everybody.
///
/// # Errors
/// It cannot be read.
pub fn holds(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    let mut file = File::open(path)?;
    let meta = file.metadata()?;
    if meta.len() != bytes.len() as u64 || !is_public(&meta) {
        return Ok(false);
    }
    let mut buffer = [0_u8; CHUNK];
    let mut rest = bytes;
    while !rest.is_empty() {
        let read = file.read(&mut buffer)?;
        if read == 0 || !rest.starts_with(&buffer[..read]) {
            return Ok(false);
        }
        rest = &rest[read..];
    }
    Ok(true)
}

/// Whether a published file is a copy of another and can be read by everybody.
///
/// # Errors
/// One of them cannot be read.
pub fn is_copy(path: &Path, of: &Path) -> io::Result<bool> {
    let (mut copy, mut source) = (File::open(path)?, File::open(of)?);
    let (meta, wanted) = (copy.metadata()?, source.metadata()?);
    if meta.len() != wanted.len() || !is_public(&meta) {
        return Ok(false);
    }
    if meta.len() >= TRUSTED_FROM
        && meta.modified().is_ok_and(|time| wanted.modified().is_ok_and(|other| time == other))
    {
        return Ok(true);
    }
    let mut buffers = ([0_u8; CHUNK], [0_u8; CHUNK]);
    loop {
        let read = copy.read(&mut buffers.0)?;
        if read == 0 {
            return Ok(true);
        }
        if source.read_exact(&mut buffers.1[..read]).is_err() || buffers.0[..read] != buffers.1[..read] {
            return Ok(false);
        }
    }
}

/// Gives a file a second place: the same file (a hard link) where the disk can, else a copy with its mode and time.
///
/// # Errors
/// The disk fails, or the places are on two disks.
pub fn carry(from: &Path, to: &Path) -> io::Result<()> {
    let Err(refused) = fs::hard_link(from, to) else {
        return Ok(());
    };
    match refused.kind() {
        ErrorKind::CrossesDevices
        | ErrorKind::NotFound
        | ErrorKind::AlreadyExists
        | ErrorKind::StorageFull => Err(refused),
        _ => {
            let modified = fs::metadata(from)?.modified();
            fs::copy(from, to)?;
            if let Ok(modified) = modified {
                let _ = File::options().write(true).open(to).and_then(|file| file.set_modified(modified));
            }
            Ok(())
        }
    }
}

/// Makes a link that leads where another one does.
///
/// # Errors
/// The disk fails.
#[cfg(unix)]
pub fn carry_link(from: &Path, to: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(fs::read_link(from)?, to)
}

/// Makes a link that leads where another one does.
///
/// # Errors
/// The disk fails.
#[cfg(windows)]
pub fn carry_link(from: &Path, to: &Path) -> io::Result<()> {
    let target = fs::read_link(from)?;
    if fs::metadata(from).is_ok_and(|meta| meta.is_dir()) {
        std::os::windows::fs::symlink_dir(target, to)
    } else {
        std::os::windows::fs::symlink_file(target, to)
    }
}

/// Whether two descriptions are of one file.
#[cfg(unix)]
#[must_use]
pub fn is_one_file(a: &Metadata, b: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (a.dev(), a.ino()) == (b.dev(), b.ino())
}

/// Whether two descriptions are of one file, as far as can be told here.
#[cfg(not(unix))]
#[must_use]
pub fn is_one_file(a: &Metadata, b: &Metadata) -> bool {
    a.len() == b.len() && a.modified().ok() == b.modified().ok()
}

/// Whether two folders are on one disk.
#[cfg(unix)]
#[must_use]
pub fn is_one_disk(a: &Metadata, b: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    a.dev() == b.dev()
}

/// Whether two folders are on one disk; elsewhere a folder cannot easily be on another one than its parent.
#[cfg(not(unix))]
#[must_use]
pub fn is_one_disk(_: &Metadata, _: &Metadata) -> bool {
    true
}

#[cfg(unix)]
fn new(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    OpenOptions::new().write(true).create_new(true).mode(0o644).open(path)
}

#[cfg(not(unix))]
fn new(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere there is none")]
fn mode(meta: &Metadata) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    Some(meta.permissions().mode() & 0o777)
}

#[cfg(not(unix))]
fn mode(_: &Metadata) -> Option<u32> {
    None
}

fn is_public(meta: &Metadata) -> bool {
    meta.is_file() && mode(meta).is_none_or(|mode| mode == 0o644)
}

#[cfg(unix)]
fn set_mode(file: &File, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn set_mode(_: &File, _: u32) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn set_folder_mode(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn set_folder_mode(_: &Path, _: u32) -> io::Result<()> {
    Ok(())
}
