//! What the server signs: one line, of which the last word is an Ed25519 signature (RFC 8032) over the rest, in base64url.
//!
//! The first word names the kind and its version, so that no signature over one kind can be shown as one over another.

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};

use model::canonical::Hash;
use model::id::Key;

/// The first word of a receipt's statement.
const RECEIPT: &str = "shouwang-receipt/1";
/// The first word of what is signed to prove that it was this server that answered.
const PROBE: &str = "shouwang-probe/1";
/// How long the nonce of a probe may be, in characters of base64url.
const NONCE: std::ops::RangeInclusive<usize> = 16..=64;

/// What a receipt certifies: that this report, with these words, was stored at that moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Certified {
    pub key: Key,
    /// Of the report in canonical form.
    pub hash: Hash,
    /// UTC milliseconds.
    pub received_at: i64,
}

impl Certified {
    /// The words that are signed.
    pub fn words(&self) -> String {
        let hash = HEXLOWER.encode(&self.hash);
        format!("{RECEIPT} key={} sha256={hash} received={}", self.key, self.received_at)
    }

    fn read(words: &str) -> Option<Self> {
        let mut words = words.split(' ');
        if words.next()? != RECEIPT {
            return None;
        }
        let mut value =
            |name: &str| words.next()?.split_once('=').filter(|(given, _)| *given == name).map(|(_, value)| value);
        let key = Key::parse(value("key")?)?;
        let hash = HEXLOWER.decode(value("sha256")?.as_bytes()).ok()?.try_into().ok()?;
        let received_at = value("received")?.parse().ok()?;
        words.next().is_none().then_some(Self { key, hash, received_at })
    }
}

/// A statement taken apart; whether the signature is right is not looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    pub certified: Certified,
    pub signature: [u8; 64],
}

impl Statement {
    /// Reads a statement as people copy it: white space around it, and line breaks that a mail put into it, are forgiven.
    pub fn parse(text: &str) -> Option<Self> {
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let (words, signature) = line.rsplit_once(' ')?;
        let signature = BASE64URL_NOPAD.decode(signature.as_bytes()).ok()?.try_into().ok()?;
        Some(Self { certified: Certified::read(words)?, signature })
    }
}

/// Whether this reads as a receipt's statement, whoever signed it.
pub fn is_statement(text: &str) -> bool {
    Statement::parse(text).is_some()
}

/// The words that are signed to answer a probe; `None` when the nonce is none.
pub fn probe(nonce: &str) -> Option<String> {
    let sound =
        NONCE.contains(&nonce.len()) && nonce.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    sound.then(|| format!("{PROBE} {nonce}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn certified() -> Certified {
        Certified { key: Key::from_parts(5, &[7; 10]), hash: [0xab; 32], received_at: 1_700_000_000_000 }
    }

    fn line() -> String {
        format!("{} {}", certified().words(), BASE64URL_NOPAD.encode(&[9; 64]))
    }

    #[test]
    fn what_is_certified_reads_back_as_it_was_written() {
        let read = Statement::parse(&line()).unwrap();
        assert_eq!(read, Statement { certified: certified(), signature: [9; 64] });
    }

    #[test]
    fn a_statement_may_have_been_broken_into_lines() {
        let broken = format!("  \n{}\n", line().replace(' ', "\r\n  "));
        assert!(Statement::parse(&broken).is_some());
    }

    #[test]
    fn what_is_no_statement_is_refused() {
        let sound = line();
        let altered = [
            String::new(),
            "shouwang-receipt/1".to_owned(),
            sound.replace("receipt/1", "probe/1"),
            sound.replace("sha256=ab", "sha256="),
            sound.replace("received=", "received=x"),
            sound.replace("key=", "name="),
            sound.replace(" received=", " more=1 received="),
            sound[..sound.len() - 2].to_owned(),
        ];
        for altered in altered {
            assert_eq!(Statement::parse(&altered), None, "{altered}");
        }
    }

    #[test]
    fn a_nonce_can_hold_nothing_that_reads_as_something_else() {
        assert_eq!(probe("0123456789abcdef").as_deref(), Some("shouwang-probe/1 0123456789abcdef"));
        let long = "a".repeat(65);
        for nonce in ["", "short", "0123456789abcde ", "0123456789abcdé0", "0123456789abcdef\n", long.as_str()] {
            assert_eq!(probe(nonce), None, "{nonce:?}");
        }
    }
}
