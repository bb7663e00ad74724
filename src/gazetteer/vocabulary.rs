//! Every word that some name or some rule speaks of, and how words are folded to be looked up.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use hashbrown::HashTable;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The classes of words that the rules speak of, as bits.
pub mod class {
    macro_rules! classes {
        ($($(#[$doc:meta])* $name:ident = $word:literal;)*) => {
            /// One bit each, in this order.
            #[allow(clippy::upper_case_acronyms, non_camel_case_types, reason = "the names of the constants")]
            enum Bit {
                $($name),*
            }
            $($(#[$doc])* pub const $name: u64 = 1 << Bit::$name as u64;)*
            /// The names of the classes in `data/words.yaml`.
            pub const ALL: &[(&str, u64)] = &[$(($word, $name)),*];
        };
    }
    classes! {
        /// Given names of people.
        GIVEN = "given";
        /// `Mr`, `Dr`, `Sir`: a person follows.
        HONORIFIC = "honorific";
        /// `president`, `minister`, `analyst`: what people are.
        ROLE = "role";
        /// `said`, `told`: people and states do it.
        SPEECH = "speech";
        /// `accused`, `rejected`, `vowed`, `has`, `will`: whoever stands before acts.
        ACT = "act";
        /// `in`, `at`, `near`: a place follows.
        WHERE = "where";
        /// `flew`, `visit`, `arrived`: going somewhere.
        GOING = "going";
        /// `January` … and the days of the week.
        CALENDAR = "calendar";
        /// States of the U.S. and provinces of Canada, whole and short.
        STATE = "state";
        /// `St`, `Gen`, `Jan`: their full stop ends no sentence.
        SHORT = "short";
        /// Common words that happen to be capitalised: `The`, `But`, `New`.
        COMMON = "common";
        /// `Inc`, `Bank`, `Ministry`: a name that ends so is not a person's.
        ORGANISATION = "organisation";
        /// `airport`, `mayor`, `suburbs`: what cities have.
        URBAN = "urban";
        /// `former`, `deputy`, `vice`: not the holder of the office.
        NOT_HOLDER = "not-holder";
        /// `with`, `against`, `between`: somebody who acts follows.
        TOWARDS = "towards";
        /// `de`, `bin`, `van`: small words inside names of people.
        PARTICLE = "particle";
        /// `Airlines`, `Post`, `Times`: with a country's name before, a brand.
        BRAND = "brand";
        /// Nouns of government: `government`, `troops`, `officials`, `economy`.
        STATEHOOD = "statehood";
        /// `River`, `Valley`, `County`: with a name before, another place.
        FEATURE = "feature";
        /// `talks`, `agreed`, `treaty`: `with` a partner.
        DEALING = "dealing";
        /// `attacked`, `urged`: done to whoever follows.
        DOING = "doing";
        /// `match`, `coach`, `goals`: countries are teams here.
        SPORT = "sport";
        /// `carrier`, `frigate`: the name that follows is a ship's.
        SHIP = "ship";
        /// `in`, `of`, `from`: what follows is no subject.
        PREPOSITION = "preposition";
        /// Verbs in their base form: after several subjects.
        BASE = "verb";
        /// `message`, `pressure`, `aid`: `from` somebody who acts.
        SENDING = "sending";
        /// `bombed`, `besieged`: done to a place.
        FIRING = "firing";
        /// `government`, `parliament`, `minister`: in a story with a dateline, those of the country it was filed from.
        INSTITUTION = "institution";
        /// `government`, `army`, `authorities`: `in` a capital, they are its state's.
        ORGAN = "organ";
        /// `envoys`, `ministers`, `troops`: people `from` or `of` a state who act for it.
        AGENTS = "agents";
        /// `accord`, `summit`, `consensus`: after a city, what was held or signed there.
        HELD = "held";
        /// `also`, `still`, `not`: may stand between a subject and its verb.
        ADVERB = "adverb";
        /// `convicted`, `appointed`: done to people only.
        TRYING = "trying";
        /// `rebels`, `group`: may follow the name of those who are one.
        GROUP = "group";
        /// `analysts`, `engineers`: those who work for a company.
        STAFF = "staff";
        /// `awarded`, `handed`: something `to` somebody.
        GIVING = "giving";
        /// `neighbour`, `ally`, `economy`: a state may be called so.
        PARTNER = "partner";
        /// `shares`, `factory`, `profits`: a name that is also a word is a company's.
        BUSINESS = "business";
    }
}

/// A fast hash for short words (FxHash's recipe: rotate, xor, multiply).
#[derive(Debug, Default, Clone, Copy)]
pub struct Quick(u64);

impl Hasher for Quick {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }

    fn write(&mut self, bytes: &[u8]) {
        let mut chunks = bytes.chunks_exact(8);
        for chunk in &mut chunks {
            let mut eight = [0; 8];
            eight.copy_from_slice(chunk);
            self.write_u64(u64::from_le_bytes(eight));
        }
        let rest = chunks.remainder();
        if !rest.is_empty() {
            let mut eight = [0; 8];
            eight[..rest.len()].copy_from_slice(rest);
            self.write_u64(u64::from_le_bytes(eight));
        }
    }

    fn write_u8(&mut self, byte: u8) {
        self.write_u64(u64::from(byte));
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

/// A map keyed by words or small numbers. Never iterated for output.
pub type QuickMap<K, V> = HashMap<K, V, BuildHasherDefault<Quick>>;

/// Every word that some name or some rule speaks of, folded to lower-case letters without accents.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(from = "Words", into = "Words")]
pub struct Vocabulary {
    words: Words,
    /// The numbers of the words, by their letters.
    numbers: HashTable<u32>,
}

/// A vocabulary without its table.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Words {
    /// All words, one behind the other.
    letters: String,
    /// By number: where the word ends in `letters`. The first, 0, is "unknown".
    ends: Vec<u32>,
    /// By number.
    classes: Vec<u64>,
}

impl Words {
    fn at(&self, number: u32) -> &str {
        let number = number as usize;
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.letters[start as usize..self.ends[number] as usize]
    }
}

impl From<Words> for Vocabulary {
    fn from(words: Words) -> Self {
        let mut numbers = HashTable::with_capacity(words.ends.len());
        for number in (0_u32..).take(words.ends.len()).skip(1) {
            let hash = hash(words.at(number));
            numbers.insert_unique(hash, number, |_| hash);
        }
        Self { words, numbers }
    }
}

impl From<Vocabulary> for Words {
    fn from(vocabulary: Vocabulary) -> Self {
        vocabulary.words
    }
}

impl Default for Vocabulary {
    fn default() -> Self {
        let words = Words { letters: String::new(), ends: vec![0], classes: vec![0] };
        Self { words, numbers: HashTable::new() }
    }
}

impl Vocabulary {
    /// The number of a word, adding it if it is new. The word must be [`folded`].
    pub fn add(&mut self, word: &str) -> u32 {
        let known = self.id(word);
        if known != 0 || word.is_empty() {
            return known;
        }
        let number = u32::try_from(self.len()).unwrap_or(0);
        self.words.letters.push_str(word);
        self.words.ends.push(u32::try_from(self.words.letters.len()).unwrap_or(0));
        self.words.classes.push(0);
        let words = &self.words;
        self.numbers.insert_unique(hash(word), number, |number| hash(words.at(*number)));
        number
    }

    /// Adds a class to a word.
    pub fn mark(&mut self, id: u32, class: u64) {
        self.words.classes[id as usize] |= class;
    }

    /// The number of a folded word; 0 if nothing speaks of it.
    #[must_use]
    pub fn id(&self, word: &str) -> u32 {
        self.numbers.find(hash(word), |number| self.words.at(*number) == word).copied().unwrap_or(0)
    }

    /// The classes of a word, by its number.
    #[must_use]
    pub fn classes(&self, id: u32) -> u64 {
        self.words.classes[id as usize]
    }

    /// How many words there are, and one for "unknown".
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.ends.len()
    }
}

/// The hash under which a word is kept.
fn hash(word: &str) -> u64 {
    let mut quick = Quick::default();
    quick.write(word.as_bytes());
    quick.write_usize(word.len());
    quick.finish()
}

/// A name as an id: lower-case ASCII letters and digits, hyphens between words.
#[must_use]
pub fn kebab(name: &str) -> String {
    let plain = deunicode::deunicode(name).to_ascii_lowercase();
    let plain = plain.replace(['\'', '.'], "");
    let words: Vec<&str> =
        plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("-")
}

/// A regular verb in the third person and in the past: `sign` gives `signs` and `signed`.
#[must_use]
pub fn inflected(verb: &str) -> [String; 2] {
    let bytes = verb.as_bytes();
    let last = bytes.last().copied().unwrap_or(b'e');
    let vowel = |at: usize| bytes.len() > at && b"aeiou".contains(&bytes[bytes.len() - 1 - at]);
    if last == b'e' {
        return [format!("{verb}s"), format!("{verb}d")];
    }
    if last == b'y' && !vowel(1) {
        let stem = &verb[..verb.len() - 1];
        return [format!("{stem}ies"), format!("{stem}ied")];
    }
    let hisses = ["s", "x", "z", "ch", "sh"].iter().any(|end| verb.ends_with(end));
    let third = if hisses { format!("{verb}es") } else { format!("{verb}s") };
    // `ban`, `stop`: one short vowel doubles the consonant.
    let short = bytes.len() <= 4 && vowel(1) && !vowel(2) && !vowel(0) && !b"wxy".contains(&last);
    let past = if short { format!("{verb}{}ed", last as char) } else { format!("{verb}ed") };
    [third, past]
}

/// A word folded for look-up: lower case, without accents and invisible characters.
pub fn folded(word: &str, into: &mut String) {
    into.clear();
    if word.is_ascii() {
        into.extend(word.bytes().map(|byte| byte.to_ascii_lowercase() as char));
        return;
    }
    for letter in word.nfd().filter(|c| !is_combining_mark(*c) && !is_invisible(*c)) {
        match letter {
            'ø' | 'Ø' => into.push('o'),
            'ł' | 'Ł' => into.push('l'),
            'đ' | 'Đ' | 'ð' | 'Ð' => into.push('d'),
            'ı' | 'İ' => into.push('i'),
            'æ' | 'Æ' => into.push_str("ae"),
            'œ' | 'Œ' => into.push_str("oe"),
            'ß' => into.push_str("ss"),
            'þ' | 'Þ' => into.push_str("th"),
            'ə' | 'Ə' => into.push('a'),
            other => into.extend(other.to_lowercase()),
        }
    }
}

/// Whether a character takes no room: soft hyphens, zero-width spaces and joiners.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}
