//! How the entries of a table begin: nearly every place of a text is passed at a glance, instead of being held against all of them.

use super::Entries;

const SLOTS: usize = 4_096;

/// The beginnings of entries, each as a bit among many: a set bit says that one may begin so, a clear one that none does.
pub(super) struct Beginnings {
    bits: [u64; SLOTS / 64],
    /// Of how many bytes, if no space comes first.
    most: usize,
}

impl Beginnings {
    /// Made while compiling, so an entry that is shorter than `least` bytes up to its first space, and might be passed over, is an error
    /// then.
    pub const fn of(table: &[Entries], least: usize, most: usize) -> Self {
        let mut bits = [0; SLOTS / 64];
        let mut sense = 0;
        while sense < table.len() {
            let words = table[sense].1;
            let mut word = 0;
            while word < words.len() {
                let (slot, length) = slot(words[word].as_bytes(), most);
                assert!(length >= least, "an entry that is too short");
                bits[slot / 64] |= 1 << (slot % 64);
                word += 1;
            }
            sense += 1;
        }
        Self { bits, most }
    }

    /// Whether an entry may begin as the text does.
    pub fn may_begin(&self, text: &str) -> bool {
        let (slot, _) = slot(text.as_bytes(), self.most);
        self.bits[slot / 64] >> (slot % 64) & 1 == 1
    }
}

/// The place of a beginning (FNV-1a), and how many bytes it has.
const fn slot(text: &[u8], most: usize) -> (usize, usize) {
    let (mut hash, mut at) = (0x811c_9dc5_u32, 0);
    while at < text.len() && at < most && text[at] != b' ' {
        hash = (hash ^ text[at] as u32).wrapping_mul(0x0100_0193);
        at += 1;
    }
    ((hash ^ hash >> 16) as usize % SLOTS, at)
}
