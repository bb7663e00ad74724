//! Rows of different lengths, one behind the other: quick to unpack, small in memory.

use serde::{Deserialize, Serialize};

/// Rows of different lengths.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Rows<T> {
    /// By row: where it starts in `items`; and where the last one ends.
    bounds: Vec<u32>,
    items: Vec<T>,
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self { bounds: vec![0], items: Vec::new() }
    }
}

impl<T> Rows<T> {
    /// Appends a row.
    pub fn push(&mut self, row: impl IntoIterator<Item = T>) {
        self.items.extend(row);
        self.bounds.push(u32::try_from(self.items.len()).unwrap_or(u32::MAX));
    }

    /// A row by its number.
    #[must_use]
    pub fn row(&self, number: u32) -> &[T] {
        &self.items[self.bounds[number as usize] as usize..self.bounds[number as usize + 1] as usize]
    }
}

impl<T> FromIterator<Vec<T>> for Rows<T> {
    fn from_iter<I: IntoIterator<Item = Vec<T>>>(rows: I) -> Self {
        let mut all = Self::default();
        rows.into_iter().for_each(|row| all.push(row));
        all
    }
}
