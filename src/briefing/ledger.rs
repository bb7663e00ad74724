//! What became of every byte of a text.

use std::ops::Range;

use super::letters::{is_blank, trim};
use super::model::{Placement, Role, Span};

/// The entries made while a text is folded, in any order.
#[derive(Debug, Default)]
pub struct Ledger {
    entries: Vec<Placement>,
}

impl Ledger {
    /// Enters what some bytes became.
    pub fn place(&mut self, span: Span, role: Role, part: usize) {
        if span.start < span.end {
            self.entries.push(Placement { span, role, part });
        }
    }

    /// Every byte of the text, in order, without gaps or overlaps. What nobody entered is layout if it shows nothing,
    /// else not placed.
    #[must_use]
    pub fn balance(mut self, text: &str) -> Vec<Placement> {
        self.entries.sort_by_key(|entry| (entry.span.start, entry.span.end));
        let mut all: Vec<Placement> = Vec::with_capacity(self.entries.len() * 2 + 1);
        let mut done = 0;
        for entry in &self.entries {
            let start = (entry.span.start as usize).max(done);
            let end = (entry.span.end as usize).min(text.len());
            if start >= end {
                continue;
            }
            fill(text, done..start, entry.part, &mut all);
            push(&mut all, start..end, entry.role, entry.part);
            done = end;
        }
        let last = self.entries.last().map_or(0, |entry| entry.part);
        fill(text, done..text.len(), last, &mut all);
        all
    }
}

fn fill(text: &str, gap: Range<usize>, part: usize, all: &mut Vec<Placement>) {
    if gap.is_empty() {
        return;
    }
    let between = &text[gap.clone()];
    if is_blank(between) {
        return push(all, gap, Role::Layout, part);
    }
    let inner = trim(between);
    let start = gap.start + super::letters::offset_in(between, inner);
    push(all, gap.start..start, Role::Layout, part);
    push(all, start..start + inner.len(), Role::NotPlaced, part);
    push(all, start + inner.len()..gap.end, Role::Layout, part);
}

fn push(all: &mut Vec<Placement>, range: Range<usize>, role: Role, part: usize) {
    if range.is_empty() {
        return;
    }
    let span = Span::new(range.start, range.end);
    match all.last_mut() {
        Some(last) if last.role == role && last.part == part => last.span.end = span.end,
        _ => all.push(Placement { span, role, part }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_entered_is_layout_or_not_placed() {
        let text = "  abc  xyz\n";
        let mut ledger = Ledger::default();
        ledger.place(Span::new(2, 5), Role::Lead, 0);
        let all = ledger.balance(text);
        let shown: Vec<_> = all.iter().map(|entry| (&text[entry.span.range()], entry.role)).collect();
        assert_eq!(
            shown,
            [
                ("  ", Role::Layout),
                ("abc", Role::Lead),
                ("  ", Role::Layout),
                ("xyz", Role::NotPlaced),
                ("\n", Role::Layout)
            ]
        );
    }
}
