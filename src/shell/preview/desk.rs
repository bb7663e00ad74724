//! The site as the preview shows it: a new edition after every change, and the last good one while something is broken.

use std::collections::{BTreeSet, HashSet};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use tokio::sync::watch;

use super::edition::Edition;
use crate::diagnostic::{Diagnostic, Noted, Severity};
use crate::plan::PageKind;
use crate::shell::build::What;
use crate::shell::folder::Folder;
use crate::shell::watch::{Change, Heard, Watch};
use crate::site::Site;
use crate::source::{SitePath, Sources};

/// How many files may be put back before we give up and keep the whole edition.
const ROUNDS: usize = 3;

/// Makes editions.
pub struct Desk {
    root: Arc<Path>,
    folder: Folder,
    what: What,
    /// The files that were broken when we first saw them: there is no good version to show in their place.
    broken: BTreeSet<SitePath>,
    editions: watch::Sender<Arc<Edition>>,
    attic: Sender<Arc<Edition>>,
}

/// What a change came to, for the terminal.
#[derive(Debug)]
pub struct Changed {
    /// The files that are other than they were.
    pub paths: BTreeSet<SitePath>,
    /// How long it took to read and arrange them.
    pub took: Duration,
    /// The edition that shows it.
    pub edition: Arc<Edition>,
}

impl Desk {
    /// Reads the site folder and makes the first edition.
    ///
    /// # Errors
    /// The folder cannot be read, or `--base-url` or `--today` make no sense.
    pub fn open(root: &Path, what: &What) -> anyhow::Result<(Self, watch::Receiver<Arc<Edition>>)> {
        let folder = Folder::read(root)?;
        let settings = what.settings(&folder.sources)?;
        let Noted { value: site, mut notes } = Site::of(folder.sources.clone(), settings, None);
        if folder.sources.texts_in("templates").next().is_some() {
            notes.extend(rehearsal(&site));
        }
        let broken = named(&notes);
        let root: Arc<Path> = root.into();
        let edition = Arc::new(Edition::new(1, Arc::new(site), notes, root.clone(), &folder.sources));
        let (editions, receiver) = watch::channel(edition);
        let desk = Self { root, folder, what: what.clone(), broken, editions, attic: attic() };
        Ok((desk, receiver))
    }

    /// Follows the folder until nothing will be heard of it any more, and tells of every change.
    pub fn follow(mut self, mut watch: Watch, mut tell: impl FnMut(&Changed)) {
        // What changed while the folder was being read was heard, and is looked at first.
        loop {
            let change = match watch.next(self.next_moment()) {
                Heard::End => return,
                Heard::Time => None,
                Heard::Change(change) => Some(change),
            };
            if let Some(changed) = self.take(change.as_ref()) {
                tell(&changed);
            }
        }
    }

    /// When something becomes public or expires, as long as the clock decides it.
    fn next_moment(&self) -> Option<Instant> {
        if self.what.today.is_some() || std::env::var_os("SOURCE_DATE_EPOCH").is_some() {
            return None;
        }
        let moment = self.editions.borrow().site.whole.catalogue.next_change?;
        let wait = moment.duration_since(Timestamp::now()).max(jiff::SignedDuration::from_secs(1));
        // A sleeping machine wakes late: look again every hour, whatever the clock said.
        Some(Instant::now() + Duration::try_from(wait).ok()?.min(Duration::from_hours(1)))
    }

    /// Takes a change in. `None` if all is as it was.
    fn take(&mut self, change: Option<&Change>) -> Option<Changed> {
        let started = Instant::now();
        let paths = change.map(|change| self.folder.refresh(change)).unwrap_or_default();
        if change.is_some() && paths.is_empty() {
            return None;
        }
        let before = self.editions.borrow().clone();
        let edition = Arc::new(self.edition(&before));
        // Whoever still renders a page of the old edition keeps it for so long; the last one to let go of a large
        // site would wait for its memory to be given back, so that is done aside.
        let old = self.editions.send_replace(edition.clone());
        let _ = self.attic.send(old);
        let _ = self.attic.send(before);
        Some(Changed { paths, took: started.elapsed(), edition })
    }

    /// The edition after a change: all that can be shown of it, and what cannot as its last good version.
    fn edition(&mut self, before: &Edition) -> Edition {
        let number = before.number + 1;
        // They were right when the preview began; only the zone of `--today` may have changed since.
        let settings = self.what.settings(&self.folder.sources);
        let settings = settings.unwrap_or_else(|_| before.site.settings().clone());
        let mut mended: Option<Sources> = None;
        let mut reported: Option<Vec<Diagnostic>> = None;
        for _ in 0..ROUNDS {
            let sources = mended.take().unwrap_or_else(|| self.folder.sources.clone());
            let Noted { value: site, notes } = Site::of(sources, settings.clone(), Some(&before.site));
            let is_same_theme = Arc::ptr_eq(&site.whole.theme, &before.site.whole.theme);
            let failed = if is_same_theme { Vec::new() } else { rehearsal(&site) };
            let notes: Vec<Diagnostic> = notes.into_iter().chain(failed).collect();
            let errors = named(&notes);
            let is_homeless = |note: &Diagnostic| note.severity == Severity::Error && note.place.is_none();
            let is_lost = notes.iter().any(is_homeless);
            let curable = self.curable(&errors, &site.sources, &before.site.sources);
            // The first round's notes are about the folder as it is.
            let report = reported.get_or_insert(notes);
            if curable.is_empty() {
                if is_lost {
                    break;
                }
                self.broken = errors;
                let report = std::mem::take(report);
                return self.edition_of(number, Arc::new(site), report);
            }
            let mut sources = site.sources;
            curable.iter().for_each(|path| sources.restore(path, &before.site.sources));
            mended = Some(sources);
        }
        // Nothing of the change can be shown: the page stays as it was, the notes say why.
        self.edition_of(number, before.site.clone(), reported.unwrap_or_default())
    }

    fn edition_of(&self, number: u64, site: Arc<Site>, notes: Vec<Diagnostic>) -> Edition {
        Edition::new(number, site, notes, self.root.clone(), &self.folder.sources)
    }

    /// The broken files that have a good version: the one that was shown so far.
    fn curable(&self, errors: &BTreeSet<SitePath>, shown: &Sources, good: &Sources) -> Vec<SitePath> {
        // A new template has the built-in one behind it; a new text that is broken is shown as far as it can be read.
        let has_good = |path: &SitePath| good.holds(path) || path.below("templates").is_some();
        let is_curable =
            |path: &&SitePath| !self.broken.contains(*path) && has_good(path) && !shown.same_at(path, good);
        errors.iter().filter(is_curable).cloned().collect()
    }
}

/// The files that errors name.
fn named(notes: &[Diagnostic]) -> BTreeSet<SitePath> {
    let errors = notes.iter().filter(|note| note.severity == Severity::Error);
    let places = errors.flat_map(|note| note.place.iter().chain(note.also.iter().map(|(place, _)| place)));
    places.map(|place| place.path.clone()).collect()
}

/// Errors of templates show only when a page is rendered: after a change of templates, one page of each kind is.
fn rehearsal(site: &Site) -> Vec<Diagnostic> {
    let mut notes: Vec<Diagnostic> = Vec::new();
    let mut kinds = HashSet::new();
    for page in site.pages() {
        let from_template = page.kind.is_html() || matches!(page.kind, PageKind::Redirect(_));
        if from_template && kinds.insert(std::mem::discriminant(&page.kind)) {
            notes.extend(site.render(page).err().map(|note| *note));
        }
    }
    notes.dedup();
    notes
}

/// Where old editions are given up.
fn attic() -> Sender<Arc<Edition>> {
    let (sender, receiver) = channel::<Arc<Edition>>();
    std::thread::spawn(move || {
        // Kept a moment, so that pages on their way are done with it and the last reference is let go here.
        while let Ok(old) = receiver.recv() {
            std::thread::sleep(Duration::from_millis(50));
            drop(old);
            while receiver.try_recv().is_ok() {}
        }
    });
    sender
}
