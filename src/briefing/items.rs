//! Lists in plain text: which lines belong to one, and the items that it has.

use std::borrow::Cow;
use std::ops::Range;

use super::bullet::{self, Mark, PlainItem};
use super::category;
use super::element::{Element, Item, Kind};
use super::layout::{self, Layout};
use super::letters::{continues, ends_sentence};
use super::lines::{Form, Known, Line};
use super::markdown;
use super::plain::Cutter;

impl Cutter<'_, '_> {
    pub fn list(&mut self, from: usize) -> usize {
        let mut items: Vec<PlainItem> = Vec::new();
        let mut spans: Vec<(Range<usize>, usize)> = Vec::new();
        let mut at = from;
        let mut end = from;
        while at < self.lines.len() {
            let line = self.lines[at];
            match self.form(at) {
                Form::Item(mark, length) => {
                    let base = items.first().map_or(line.indent, |item| item.indent);
                    let kind_changes = items.first().is_some_and(|first| {
                        line.indent < base + 2
                            && matches!(first.mark, Mark::Number(_)) != matches!(mark, Mark::Number(_))
                    });
                    if kind_changes {
                        break;
                    }
                    spans.push((line.start..line.end(), line.start + length));
                    items.push(PlainItem {
                        indent: line.indent.max(base),
                        mark,
                        text: line.text[length..].to_owned(),
                    });
                    end = at + 1;
                }
                Form::Blank if at == end => {
                    // One blank line between items is layout.
                    if self.lines.get(at + 1).is_none_or(Line::is_blank)
                        || !matches!(self.form(at + 1), Form::Item(..))
                    {
                        break;
                    }
                }
                Form::Text if at == end && self.carries_on(at, &items) => {
                    if let (Some(item), Some((span, _))) = (items.last_mut(), spans.last_mut()) {
                        item.text = layout::joined([item.text.as_str(), line.text].into_iter());
                        span.end = line.end();
                    }
                    end = at + 1;
                }
                _ => break,
            }
            at += 1;
        }
        self.push_list(from..end, &items, &spans);
        end
    }

    /// Whether a line without a mark belongs to the item above.
    pub fn carries_on(&self, at: usize, items: &[PlainItem]) -> bool {
        let line = self.lines[at];
        let above = self.lines[at - 1].text;
        let indented = items.last().is_some_and(|item| line.indent >= item.indent + 2);
        if line.known != Known::No || category::split(line.text).is_some() {
            return false;
        }
        let broken = matches!(self.wrapped, Some(Layout::Wrapped(_))) && !ends_sentence(above);
        indented || broken && above.chars().count() > 30 || continues(line.text) && !ends_sentence(above)
    }

    pub fn push_list(&mut self, lines: Range<usize>, items: &[PlainItem], spans: &[(Range<usize>, usize)]) {
        let (list, top) = bullet::markdown(items);
        let cut = markdown::elements(&list);
        let ([Element { kind: Kind::List(cut_items), .. }], true) = (cut.as_slice(), !items.is_empty())
        else {
            return self.push_items_as_text(items, spans);
        };
        if cut_items.len() != top.len() {
            return self.push_items_as_text(items, spans);
        }
        let items = cut_items
            .iter()
            .enumerate()
            .map(|(number, item)| {
                let first = top[number];
                let end = top.get(number + 1).map_or(spans.len(), |next| *next);
                Item {
                    span: spans[first].0.start..spans[end - 1].0.end,
                    text: Cow::Owned(item.text.clone().into_owned()),
                    start: spans[first].1,
                    lines: Vec::new(),
                }
            })
            .collect();
        self.push(Kind::List(items), lines, Cow::Owned(list));
    }

    pub fn push_items_as_text(&mut self, items: &[PlainItem], spans: &[(Range<usize>, usize)]) {
        for (item, (span, start)) in items.iter().zip(spans) {
            let text = Cow::Owned(item.text.clone());
            self.elements.push(Element {
                kind: Kind::Paragraph { heads: false },
                span: span.clone(),
                text,
                start: *start,
            });
        }
    }
}
