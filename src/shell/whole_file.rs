//! One file written so that it is there as a whole or not at all.

use std::io::Write;
use std::path::Path;

use anyhow::Context;

/// Writes a file beside its place and moves it there; it can be read by everybody (0644), as others may have to.
///
/// # Errors
/// The disk fails; what was there stays.
pub fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    prepare(path, bytes)?.persist(path).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(())
}

/// The same for a file that must not be there yet.
///
/// # Errors
/// It is there, or the disk fails.
pub fn write_new(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    prepare(path, bytes)?
        .persist_noclobber(path)
        .with_context(|| format!("cannot write {}", path.display()))?;
    Ok(())
}

/// A file that waits beside its place.
///
/// # Errors
/// The disk fails.
pub fn prepare(path: &Path, bytes: &[u8]) -> anyhow::Result<tempfile::NamedTempFile> {
    let cannot = || format!("cannot write {}", path.display());
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".newsgen-").suffix(".tmp");
    let mut file = builder.tempfile_in(folder).with_context(cannot)?;
    file.write_all(bytes).with_context(cannot)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let permissions = std::fs::Permissions::from_mode(0o644);
        file.as_file().set_permissions(permissions).with_context(cannot)?;
    }
    file.as_file().sync_all().with_context(cannot)?;
    Ok(file)
}
