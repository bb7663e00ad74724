//! Tells when the site folder changes.
//!
//! An event only says where to look; what is there now, the disk says (see [`super::folder`]). So nothing depends on
//! which events an editor's way of saving causes, on their order, or on their being complete: no debouncer that weighs
//! kinds of events is needed, and a quiet moment of a few milliseconds ends a change.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use anyhow::Context;
use notify::event::{AccessKind, AccessMode, CreateKind, EventKind, ModifyKind, RenameMode};
use notify::{Config, Event, RecommendedWatcher, RecursiveMode, Watcher};

use super::disk;

/// A change ends when nothing was heard for so long.
const QUIET: Duration = Duration::from_millis(3);
/// The same while a file is being written, or is gone: most editors put it back at once.
const UNSETTLED: Duration = Duration::from_millis(25);
/// The same while many files change: a checkout, a search and replace.
const MANY: Duration = Duration::from_millis(40);
/// Whether the system tells when a file that was written is closed.
const HEARS_CLOSING: bool = cfg!(target_os = "linux");
/// More files than these are many.
const FEW_FILES: usize = 8;
/// A stream of saves is looked at after so long, even if it does not end.
const LONGEST: Duration = Duration::from_millis(100);
/// The same while many files change.
const LONGEST_MANY: Duration = Duration::from_millis(900);
/// How long a running git may hold its lock before we stop waiting for it: a crash leaves the lock behind.
const LONGEST_GIT: Duration = Duration::from_secs(5);
/// Files may appear in a new folder before it is watched: it is looked at again after so long.
const SECOND_LOOK: Duration = Duration::from_millis(150);
/// How often `--poll` looks.
const POLL: Duration = Duration::from_millis(700);
/// It rests for so many times as long as a look took: a large folder on a slow drive is not read without end.
const REST: u32 = 4;

/// Where to look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// At these paths: files or folders, there or not.
    At(BTreeSet<PathBuf>),
    /// At everything: the system lost count.
    Everywhere,
}

/// Why waiting ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Heard {
    /// Something changed.
    Change(Change),
    /// The time came that the caller waited for.
    Time,
    /// Nothing will ever be heard again.
    End,
}

/// Hears changes of a site folder.
pub struct Watch {
    ears: Ears,
    root: PathBuf,
    git_lock: Option<PathBuf>,
    second_look: Option<(Instant, BTreeSet<PathBuf>)>,
}

/// How it hears of them.
enum Ears {
    /// The system tells.
    Told { watcher: RecommendedWatcher, events: Receiver<notify::Result<Event>> },
    /// Nobody tells: everything is looked at again and again. The last time was when this says.
    Looking { last: Option<Instant> },
}

impl Watch {
    /// Starts to listen. `root` is absolute and has no links in it. With `poll`, looks at the files again and again:
    /// for network drives, whose changes the system does not tell.
    ///
    /// # Errors
    /// The system refuses, as when too many folders are watched.
    pub fn start(root: &Path, poll: bool) -> anyhow::Result<Self> {
        let git = root.ancestors().map(|folder| folder.join(".git")).find(|git| git.is_dir());
        let git_lock = git.map(|git| git.join("index.lock"));
        let ears = if poll {
            Ears::Looking { last: None }
        } else {
            let (sender, events) = channel();
            let tell = move |event| {
                // Nobody listens any more: the preview is ending.
                let _ = sender.send(event);
            };
            let watcher = RecommendedWatcher::new(tell, Config::default());
            Ears::Told { watcher: watcher.context("cannot watch the site folder")?, events }
        };
        let mut watch = Self { ears, root: root.to_owned(), git_lock, second_look: None };
        watch.listen()?;
        Ok(watch)
    }

    /// Waits for a change, or for a moment.
    pub fn next(&mut self, until: Option<Instant>) -> Heard {
        let Ears::Told { events, .. } = &self.ears else {
            return self.look(until);
        };
        let mut batch = Batch::default();
        while batch.is_empty() {
            let second = self.second_look.as_ref().map(|(at, _)| *at);
            let event = match until.into_iter().chain(second).min() {
                Some(moment) => events.recv_timeout(moment.saturating_duration_since(Instant::now())),
                None => events.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match event {
                Ok(event) => batch.take(event, &self.root),
                Err(RecvTimeoutError::Disconnected) => return Heard::End,
                Err(RecvTimeoutError::Timeout) => match self.second_look.take() {
                    Some((at, paths)) if at <= Instant::now() => return Heard::Change(Change::At(paths)),
                    waiting => {
                        self.second_look = waiting;
                        return Heard::Time;
                    }
                },
            }
        }
        self.settle(events, &mut batch);
        Heard::Change(self.change(batch))
    }

    /// Waits for the next look. What is other then is found by whoever looks (see [`super::folder`]): the times that a
    /// poller of `notify` compares have no fractions of a second, so that the second of two quick saves would be missed.
    fn look(&mut self, until: Option<Instant>) -> Heard {
        let Ears::Looking { last } = &mut self.ears else {
            return Heard::End;
        };
        let took = last.map_or(Duration::ZERO, |last| last.elapsed());
        let next = Instant::now() + POLL.max(took * REST);
        let moment = until.map_or(next, |until| until.min(next));
        std::thread::sleep(moment.saturating_duration_since(Instant::now()));
        *last = Some(Instant::now());
        if moment < next { Heard::Time } else { Heard::Change(Change::Everywhere) }
    }

    /// Waits until the change is over.
    fn settle(&self, events: &Receiver<notify::Result<Event>>, batch: &mut Batch) {
        let started = Instant::now();
        let mut last = started;
        loop {
            let many = batch.everywhere || batch.files.len() > FEW_FILES;
            let (quiet, longest) = match (many, batch.is_unsettled(HEARS_CLOSING)) {
                (true, _) => (MANY, LONGEST_MANY),
                (false, true) => (UNSETTLED, LONGEST),
                (false, false) => (QUIET, LONGEST),
            };
            let end = (last + quiet).min(started + longest);
            match events.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(event) => {
                    let before = batch.heard;
                    batch.take(event, &self.root);
                    if batch.heard > before {
                        last = Instant::now();
                    }
                }
                Err(RecvTimeoutError::Timeout) => {
                    let git_works = self.git_lock.as_ref().is_some_and(|lock| lock.exists());
                    if git_works && started.elapsed() < LONGEST_GIT {
                        last = Instant::now();
                        std::thread::sleep(QUIET);
                        continue;
                    }
                    return;
                }
                Err(RecvTimeoutError::Disconnected) => return,
            }
            if started.elapsed() >= longest && !many {
                return;
            }
        }
    }

    fn change(&mut self, batch: Batch) -> Change {
        let parts_appeared = batch.files.keys().any(|path| path.parent() == Some(&*self.root));
        if batch.everywhere || parts_appeared {
            // What cannot be watched now is heard of when it is there.
            let _ = self.listen();
        }
        if batch.everywhere {
            return Change::Everywhere;
        }
        if !batch.folders.is_empty() {
            self.second_look = Some((Instant::now() + SECOND_LOOK, batch.folders));
        }
        Change::At(batch.files.into_keys().collect())
    }

    /// Listens to the folder and to its parts, as far as they are there.
    fn listen(&mut self) -> anyhow::Result<()> {
        let Ears::Told { watcher, .. } = &mut self.ears else {
            return Ok(());
        };
        watcher
            .watch(&self.root, RecursiveMode::NonRecursive)
            .with_context(|| format!("cannot watch {}", self.root.display()))?;
        for part in disk::PARTS {
            let path = self.root.join(part);
            if path.is_dir() {
                watcher
                    .watch(&path, RecursiveMode::Recursive)
                    .with_context(|| format!("cannot watch {part}/\n  help: try `newsgen serve --poll`"))?;
            }
        }
        Ok(())
    }
}

/// What was heard of one file.
#[derive(Debug, Clone, Copy, Default)]
struct Traces {
    /// It was being written when we last heard of it.
    is_open: bool,
    /// It was not there before: if it is gone again, nobody misses it.
    is_new: bool,
}

/// What was heard since the last quiet moment.
#[derive(Debug, Default)]
struct Batch {
    files: BTreeMap<PathBuf, Traces>,
    folders: BTreeSet<PathBuf>,
    everywhere: bool,
    heard: usize,
}

impl Batch {
    fn is_empty(&self) -> bool {
        self.files.is_empty() && !self.everywhere
    }

    fn take(&mut self, event: notify::Result<Event>, root: &Path) {
        // An error without a path may mean anything; one with a path means that path.
        let event = match event {
            Ok(event) => event,
            Err(error) => {
                let everywhere = error.paths.is_empty();
                let event = Event { paths: error.paths, ..Event::new(EventKind::Any) };
                if everywhere { event.set_flag(notify::event::Flag::Rescan) } else { event }
            }
        };
        let closed = matches!(event.kind, EventKind::Access(AccessKind::Close(AccessMode::Write)));
        if matches!(event.kind, EventKind::Access(_)) && !closed {
            // Our own reading: not a change.
            return;
        }
        if event.need_rescan() || (event.paths.is_empty() && !closed) {
            self.everywhere = true;
            self.heard += 1;
        }
        let is_new = matches!(event.kind, EventKind::Create(CreateKind::File));
        let is_open = is_new || matches!(event.kind, EventKind::Modify(ModifyKind::Data(_)));
        let is_folder = matches!(event.kind, EventKind::Create(CreateKind::Folder))
            || matches!(event.kind, EventKind::Modify(ModifyKind::Name(RenameMode::To | RenameMode::Both)));
        for path in event.paths {
            if !concerns(root, &path) {
                continue;
            }
            self.heard += 1;
            if is_folder && path.is_dir() {
                self.folders.insert(path.clone());
            }
            self.files.entry(path).or_insert(Traces { is_open, is_new }).is_open = is_open;
        }
    }

    /// Whether somebody seems to be in the middle of saving: a file is open, gone or empty.
    fn is_unsettled(&self, hears_closing: bool) -> bool {
        self.files.iter().any(|(path, traces)| match path.metadata() {
            Ok(meta) => meta.len() == 0 || (traces.is_open && hears_closing),
            Err(_) => !traces.is_new,
        })
    }
}

/// Whether a path belongs to the site: in one of its parts, and not what editors leave lying about.
fn concerns(root: &Path, path: &Path) -> bool {
    let Ok(below) = path.strip_prefix(root) else {
        return false;
    };
    let mut names = below.iter().map(|name| name.to_string_lossy());
    let is_part = names.next().is_some_and(|first| disk::PARTS.contains(&&*first));
    is_part && names.all(|name| disk::is_our_name(&name))
}

#[cfg(test)]
mod tests {
    use notify::event::{DataChange, Flag, RemoveKind};

    use super::*;

    fn heard(events: Vec<notify::Result<Event>>) -> Batch {
        let mut batch = Batch::default();
        events.into_iter().for_each(|event| batch.take(event, Path::new("/desk")));
        batch
    }

    fn event(kind: EventKind, path: &str) -> Event {
        Event::new(kind).add_path(path.into())
    }

    #[test]
    fn a_system_that_lost_count_means_everything() {
        assert!(heard(vec![Ok(Event::new(EventKind::Other).set_flag(Flag::Rescan))]).everywhere);
        assert!(heard(vec![Ok(Event::new(EventKind::Any))]).everywhere);
        assert!(heard(vec![Err(notify::Error::generic("overflow"))]).everywhere);
        let at = notify::Error::generic("lost").add_path("/desk/content/a.md".into());
        let batch = heard(vec![Err(at)]);
        assert!(!batch.everywhere && batch.files.len() == 1, "an error with a path means that path");
    }

    #[test]
    fn what_editors_leave_lying_about_is_no_change() {
        let removed = EventKind::Remove(RemoveKind::File);
        for path in
            ["/desk/.git/index", "/desk/public/index.html", "/desk/content/.a.md.swp", "/elsewhere/a.md"]
        {
            assert!(heard(vec![Ok(event(removed, path))]).is_empty(), "{path}");
        }
        assert!(!heard(vec![Ok(event(removed, "/desk/content/a.md"))]).is_empty());
        assert!(!heard(vec![Ok(event(removed, "/desk/newsgen.yaml"))]).is_empty());
    }

    #[test]
    fn our_own_reading_is_no_change_and_a_closed_file_is_settled() {
        let read = EventKind::Access(AccessKind::Open(notify::event::AccessMode::Read));
        assert!(heard(vec![Ok(event(read, "/desk/content/a.md"))]).is_empty());
        let here = std::env::current_exe().expect("this program is a file that is there");
        let root = here.parent().expect("it lies in a folder").to_owned();
        let mut batch = Batch::default();
        let modify = Event::new(EventKind::Modify(ModifyKind::Data(DataChange::Any)));
        let close = Event::new(EventKind::Access(AccessKind::Close(AccessMode::Write)));
        batch.files.insert(here.clone(), Traces { is_open: true, is_new: false });
        assert!(batch.is_unsettled(true) && !batch.is_unsettled(false));
        batch.files.insert(here, Traces::default());
        assert!(!batch.is_unsettled(true));
        batch.take(Ok(modify.add_path(root.join("content/gone.md"))), &root);
        assert!(batch.is_unsettled(true), "gone for the moment: most editors put it back at once");
        batch.take(Ok(close.add_path(root.join("content/gone.md"))), &root);
        assert!(batch.is_unsettled(true));
    }
}
