//! Inputs made of other inputs.

/// Longer inputs are cut: what reads them has its own limits, and those are soon reached.
const LONGEST: usize = 64 << 10;
/// How many changes are made to one input at most.
const CHANGES: usize = 6;

/// What parsers stumble over.
const TOKENS: [&str; 56] = [
    "\0",
    "\r\n",
    "\n",
    "\t",
    "\"",
    "'",
    "\\",
    "`",
    "<",
    ">",
    "&",
    "=",
    "%",
    "%00",
    "%f",
    "%ff",
    "+",
    ";",
    ",",
    ".",
    "..",
    "/",
    "//",
    "{",
    "}",
    "[",
    "]",
    "[]",
    "null",
    "true",
    "NaN",
    "inf",
    "-0",
    "-1",
    "1e309",
    "1e-400",
    "9999999999999999999",
    "-9223372036854775808",
    "0.1.2",
    "００",
    "１２",
    "é",
    "e\u{301}",
    "𠮷",
    "\u{202e}",
    "\u{feff}",
    "\u{200b}",
    "İ",
    "ß",
    "ﬁ",
    "🧑‍🚒",
    "北纬",
    "119",
    "attribute[",
    "answers[",
    "https://uri.amap.com/",
];

/// A generator of numbers that look random: SplitMix64 (Steele, Lea, Flood 2014).
#[derive(Clone)]
pub struct Numbers(u64);

impl Numbers {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Below `end`; 0 when that is 0.
    pub fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX);
        usize::try_from(self.next() % end.max(1)).unwrap_or_default()
    }

    fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[0]
    }

    /// A piece of something so long: from, to.
    fn piece(&mut self, length: usize) -> (usize, usize) {
        let (one, other) = (self.below(length + 1), self.below(length + 1));
        (one.min(other), one.max(other))
    }
}

/// One of the corpus, changed a little; now and then as it is.
pub fn mutated(corpus: &[Vec<u8>], numbers: &mut Numbers) -> Vec<u8> {
    let mut input = corpus[numbers.below(corpus.len())].clone();
    for _ in 0..numbers.below(CHANGES + 1) {
        change(&mut input, corpus, numbers);
        input.truncate(LONGEST);
    }
    input
}

fn change(input: &mut Vec<u8>, corpus: &[Vec<u8>], numbers: &mut Numbers) {
    let (from, to) = numbers.piece(input.len());
    let at = numbers.below(input.len() + 1);
    match numbers.below(8) {
        // A byte is another.
        0 => {
            if let Some(byte) = input.get_mut(at) {
                *byte = numbers.byte();
            }
        }
        1 => input.insert(at, numbers.byte()),
        // A word stands where none was, or in the place of something.
        2 | 3 => {
            let token = TOKENS[numbers.below(TOKENS.len())].as_bytes();
            let end = if numbers.below(2) == 0 { at } else { (at + token.len()).min(input.len()) };
            input.splice(at..end, token.iter().copied());
        }
        4 => drop(input.drain(from..to)),
        // A piece comes again, and perhaps often.
        5 => {
            let times = if numbers.below(8) == 0 { numbers.below(2_000) } else { 1 };
            let piece = input[from..to].repeat(times.min(LONGEST / (to - from).max(1)));
            input.splice(at..at, piece);
        }
        // A piece of another input.
        6 => {
            let other = &corpus[numbers.below(corpus.len())];
            let (from, to) = numbers.piece(other.len());
            input.splice(at..at, other[from..to].iter().copied());
        }
        _ => input.truncate(to),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_makes_the_same_inputs() {
        let corpus = vec![b"31.2304, 121.4737".to_vec(), Vec::new()];
        let inputs = |seed| {
            let mut numbers = Numbers::new(seed);
            (0..200).map(|_| mutated(&corpus, &mut numbers)).collect::<Vec<_>>()
        };
        assert_eq!(inputs(1), inputs(1));
        assert_ne!(inputs(1), inputs(2));
        assert!(inputs(3).iter().all(|input| input.len() <= LONGEST));
    }
}
