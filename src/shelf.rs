//! Things kept in order by a key, on boards that are shared with the shelf before: the copy of a shelf of ten thousand
//! briefings costs a hundred counters, and what differs between it and the copy is found without looking at the rest.

use std::cmp::Ordering;
use std::sync::Arc;

/// How many things a board holds when a shelf is filled.
const FILLED: usize = 64;
/// With more, it becomes two.
const MOST: usize = 2 * FILLED;

type Board<K, V> = Arc<Vec<(K, V)>>;

/// A map in the order of its keys. Copies share what neither has changed since.
#[derive(Debug, Clone)]
pub struct Shelf<K, V> {
    /// None is empty.
    boards: Vec<Board<K, V>>,
    len: usize,
}

/// What two shelves have under a key, where they may differ: the first one's, and the second one's.
pub type Difference<'a, K, V> = (&'a K, Option<&'a V>, Option<&'a V>);

impl<K, V> Default for Shelf<K, V> {
    fn default() -> Self {
        Self { boards: Vec::new(), len: 0 }
    }
}

impl<K: Ord, V> Shelf<K, V> {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// What is under a key.
    #[must_use]
    pub fn get(&self, key: &K) -> Option<&V> {
        self.get_key_value(key).map(|(_, value)| value)
    }

    /// The same, with the key as it is kept.
    #[must_use]
    pub fn get_key_value(&self, key: &K) -> Option<(&K, &V)> {
        let (board, place) = self.place(key);
        place.ok().map(|at| &self.boards[board][at]).map(|(key, value)| (key, value))
    }

    /// Whether there is anything under a key.
    #[must_use]
    pub fn contains_key(&self, key: &K) -> bool {
        self.place(key).1.is_ok()
    }

    /// All, in the order of the keys.
    #[must_use]
    pub fn iter(&self) -> Iter<'_, K, V> {
        Iter::new(&self.boards, 0, 0)
    }

    /// The keys, in order.
    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.iter().map(|(key, _)| key)
    }

    /// The values, in the order of their keys.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.iter().map(|(_, value)| value)
    }

    /// All from a key on, itself included.
    #[must_use]
    pub fn starting_at(&self, key: &K) -> Iter<'_, K, V> {
        let (board, place) = self.place(key);
        Iter::new(&self.boards, board, place.unwrap_or_else(|at| at))
    }

    /// Where two shelves may differ, in the order of the keys: boards that both share are passed over, and so nothing is
    /// missed, but some of what is told may be the same.
    pub fn differences<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = Difference<'a, K, V>> {
        let (mut one, mut two) = (self.iter(), other.iter());
        std::iter::from_fn(move || {
            while one.stands_with(&two) {
                one.board += 1;
                two.board += 1;
            }
            match (one.peek(), two.peek()) {
                (Some((a, x)), Some((b, y))) => match a.cmp(b) {
                    Ordering::Less => one.next().map(|_| (a, Some(x), None)),
                    Ordering::Greater => two.next().map(|_| (b, None, Some(y))),
                    Ordering::Equal => one.next().and(two.next()).map(|_| (a, Some(x), Some(y))),
                },
                (Some((a, x)), None) => one.next().map(|_| (a, Some(x), None)),
                (None, Some((b, y))) => two.next().map(|_| (b, None, Some(y))),
                (None, None) => None,
            }
        })
    }

    /// The board on which a key is or would be, and its place there.
    fn place(&self, key: &K) -> (usize, Result<usize, usize>) {
        let after = self.boards.partition_point(|board| board.first().is_some_and(|(first, _)| first <= key));
        let board = after.saturating_sub(1);
        let place = self.boards.get(board).map(|board| board.binary_search_by(|(known, _)| known.cmp(key)));
        (board, place.unwrap_or(Err(0)))
    }
}

impl<K: Ord + Clone, V: Clone> Shelf<K, V> {
    /// Puts something under a key, and gives what was there.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        let (at, place) = self.place(&key);
        if self.boards.is_empty() {
            self.boards.push(Arc::default());
        }
        let board = Arc::make_mut(&mut self.boards[at]);
        match place {
            Ok(place) => return Some(std::mem::replace(&mut board[place].1, value)),
            Err(place) => board.insert(place, (key, value)),
        }
        self.len += 1;
        if board.len() > MOST {
            let second = board.split_off(board.len() / 2);
            self.boards.insert(at + 1, Arc::new(second));
        }
        None
    }

    /// Takes out what is under a key.
    pub fn remove(&mut self, key: &K) -> Option<V> {
        let (at, Ok(place)) = self.place(key) else {
            return None;
        };
        let board = Arc::make_mut(&mut self.boards[at]);
        let (_, value) = board.remove(place);
        if board.is_empty() {
            self.boards.remove(at);
        }
        self.len -= 1;
        Some(value)
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for Shelf<K, V> {
    /// In any order; of several under one key, the last stays.
    fn from_iter<I: IntoIterator<Item = (K, V)>>(all: I) -> Self {
        let mut all: Vec<(K, V)> = all.into_iter().collect();
        all.sort_by(|(a, _), (b, _)| b.cmp(a));
        // Backwards, so that the last of several comes first and each can be taken off the end.
        let mut boards: Vec<Board<K, V>> = Vec::with_capacity(all.len() / FILLED + 1);
        let mut board: Vec<(K, V)> = Vec::new();
        let mut len = 0;
        while let Some(next) = all.pop() {
            let last = board.last().or_else(|| boards.last().and_then(|board| board.last()));
            if last.is_some_and(|(key, _)| *key == next.0) {
                continue;
            }
            len += 1;
            board.push(next);
            if board.len() == FILLED {
                boards.push(Arc::new(std::mem::take(&mut board)));
            }
        }
        if !board.is_empty() {
            boards.push(Arc::new(board));
        }
        Self { boards, len }
    }
}

impl<'a, K: Ord, V> IntoIterator for &'a Shelf<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = Iter<'a, K, V>;

    fn into_iter(self) -> Iter<'a, K, V> {
        self.iter()
    }
}

/// Goes along a shelf. Stands at a thing, or at the end: never behind the last thing of a board that is not the last.
#[derive(Debug)]
pub struct Iter<'a, K, V> {
    boards: &'a [Board<K, V>],
    board: usize,
    at: usize,
}

impl<'a, K, V> Iter<'a, K, V> {
    fn new(boards: &'a [Board<K, V>], board: usize, at: usize) -> Self {
        let is_behind = boards.get(board).is_some_and(|board| at >= board.len());
        let (board, at) = if is_behind { (board + 1, 0) } else { (board, at) };
        Self { boards, board, at }
    }

    fn peek(&self) -> Option<(&'a K, &'a V)> {
        self.boards.get(self.board)?.get(self.at).map(|(key, value)| (key, value))
    }

    /// Whether both stand at the start of a board that they share.
    fn stands_with(&self, other: &Self) -> bool {
        let boards = (self.boards.get(self.board), other.boards.get(other.board));
        self.at == 0 && other.at == 0 && matches!(boards, (Some(one), Some(two)) if Arc::ptr_eq(one, two))
    }
}

impl<'a, K, V> Iterator for Iter<'a, K, V> {
    type Item = (&'a K, &'a V);

    fn next(&mut self) -> Option<Self::Item> {
        let item = self.peek()?;
        *self = Self::new(self.boards, self.board, self.at + 1);
        Some(item)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    type Edit = (u16, Option<u8>);

    fn edits() -> impl Strategy<Value = Vec<Edit>> {
        proptest::collection::vec((0..500u16, proptest::option::weighted(0.7, any::<u8>())), 0..600)
    }

    fn edit(shelf: &mut Shelf<u16, u8>, map: &mut BTreeMap<u16, u8>, edits: &[Edit]) {
        for (key, value) in edits {
            match value {
                Some(value) => assert_eq!(shelf.insert(*key, *value), map.insert(*key, *value)),
                None => assert_eq!(shelf.remove(key), map.remove(key)),
            }
        }
        assert!(shelf.iter().eq(map.iter()) && shelf.len() == map.len());
    }

    proptest! {
        #[test]
        fn a_shelf_is_a_map_and_what_differs_from_its_copy_is_found(
            first in proptest::collection::vec((0..500u16, any::<u8>()), 0..600),
            second in edits(),
            third in edits(),
        ) {
            let mut map: BTreeMap<u16, u8> = first.iter().copied().collect();
            let mut shelf: Shelf<u16, u8> = first.into_iter().collect();
            edit(&mut shelf, &mut map, &second);
            let (before, map_before) = (shelf.clone(), map.clone());
            edit(&mut shelf, &mut map, &third);
            prop_assert!(before.iter().eq(map_before.iter()), "what is shared is never changed");
            for key in [0, 1, 250, 499, 600] {
                prop_assert_eq!(shelf.get(&key), map.get(&key));
                prop_assert!(shelf.starting_at(&key).eq(map.range(key..)));
            }
            let told: BTreeMap<u16, _> =
                shelf.differences(&before).map(|(key, new, old)| (*key, (new, old))).collect();
            for key in 0..500 {
                let differs = map.get(&key) != map_before.get(&key);
                let (new, old) = told.get(&key).copied().unwrap_or((None, None));
                prop_assert!(!differs || (new, old) == (map.get(&key), map_before.get(&key)), "{key}");
            }
        }
    }

    #[test]
    fn one_change_among_many_is_found_on_its_board_alone() {
        let mut shelf: Shelf<usize, usize> = (0..10_000).map(|key| (key, key)).collect();
        let before = shelf.clone();
        assert_eq!(shelf.differences(&before).count(), 0);
        shelf.insert(5_000, 1);
        assert!(shelf.differences(&before).count() <= MOST);
        // Boards that became two are told, the ones behind them are not.
        let before = shelf.clone();
        for key in 10_000..10_300 {
            assert_eq!(shelf.insert(key, 0), None);
        }
        assert_eq!(shelf.remove(&20), Some(20));
        assert!(shelf.differences(&before).count() <= 300 + 2 * MOST);
    }
}
