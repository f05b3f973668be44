//! Mail addresses, as nearly everybody has one: the dot-atom form of RFC 5321, section 4.1.2, in ASCII. Quoted names and addresses in
//! other scripts (RFC 6531) are not read, since many servers refuse them.

/// The longest address and the longest name in one (RFC 5321, section 4.5.3.1).
const LONGEST: usize = 254;
const LONGEST_NAME: usize = 64;

/// The first address in a text of narrow letters.
pub(super) fn first(text: &str) -> Option<String> {
    let between =
        |letter: char| !letter.is_ascii() || letter.is_ascii_whitespace() || ",;:()<>[]\"\\|".contains(letter);
    text.split(between).find_map(|word| normal(word.trim_matches('.')))
}

fn normal(word: &str) -> Option<String> {
    let (name, host) = word.rsplit_once('@')?;
    let sound = word.len() <= LONGEST && name.len() <= LONGEST_NAME && is_dot_atom(name) && is_host(host);
    sound.then(|| format!("{name}@{}", host.to_ascii_lowercase()))
}

fn is_dot_atom(name: &str) -> bool {
    let atom = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{}~-".contains(&byte))
    };
    name.split('.').all(atom)
}

/// A name with a dot in it, since mail to a bare one or to an address of digits goes nowhere.
fn is_host(host: &str) -> bool {
    let label = |label: &str| {
        let inner = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        inner && !label.is_empty() && label.len() <= 63 && !label.starts_with('-') && !label.ends_with('-')
    };
    let last = host.rsplit('.').next().unwrap_or_default();
    host.contains('.') && host.split('.').all(label) && last.bytes().any(|byte| byte.is_ascii_alphabetic())
}
