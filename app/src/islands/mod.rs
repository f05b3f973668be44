//! What the browser adds to a page that already works. Each island wraps that page's own markup and gets its phrases as properties.

mod ask;
mod count;
mod locate;

pub use ask::AskAsAnswered;
pub use count::CountLeft;
pub use locate::{Locate, Phrases};

/// Fills the gap of a phrase.
fn fill(phrase: &str, gap: &str, value: &str) -> String {
    phrase.replace(gap, value)
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_gap_is_filled_wherever_the_language_puts_it() {
        assert_eq!(super::fill("还可输入 {count} 字", "{count}", "7"), "还可输入 7 字");
    }
}
