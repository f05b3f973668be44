//! Full-width forms, as Chinese keyboards type them.

/// The plain twin of a full-width form (U+FF01 to U+FF5E, and the ideographic space); any other character as it is.
pub fn narrow(letter: char) -> char {
    match letter {
        '！'..='～' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        '\u{3000}' => ' ',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_forms_become_plain_and_the_rest_stays() {
        assert_eq!("（０２１）　ＳＯＳ～着火".chars().map(narrow).collect::<String>(), "(021) SOS~着火");
    }
}
