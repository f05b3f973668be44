//! Telephone numbers, as ITU-T E.164 writes them: `+`, the country, the number. Without a country it is China's.

use super::Kind;
use crate::private;

/// Every number in a text of narrow digits, in order.
pub(super) fn all(text: &str) -> Vec<(Kind, String)> {
    let phones = private::find(text).into_iter().filter(|finding| finding.kind == private::Kind::Phone);
    phones.filter_map(|finding| normal(text.get(finding.range)?)).collect()
}

fn normal(written: &str) -> Option<(Kind, String)> {
    let written = without_extension(written);
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    let known = if written.starts_with('+') {
        digits
    } else if let Some(rest) = digits.strip_prefix("00") {
        rest.to_owned()
    } else if let Some(rest) = digits.strip_prefix('0') {
        format!("86{rest}")
    } else if digits.len() == 11 {
        format!("86{digits}")
    } else {
        digits
    };
    let kind = match known.strip_prefix("86") {
        Some(chinese) if !is_mobile(chinese) => Kind::Landline,
        _ => Kind::Mobile,
    };
    (8..=15).contains(&known.len()).then(|| (kind, format!("+{known}")))
}

/// Eleven digits, the first 1, the second 3 to 9 (the numbering plan of MIIT).
fn is_mobile(digits: &str) -> bool {
    digits.len() == 11 && digits.starts_with('1') && matches!(digits.as_bytes().get(1), Some(b'3'..=b'9'))
}

/// The number of the house, without the one of the desk: whoever rings the second must say it.
fn without_extension(written: &str) -> &str {
    let marked = written.find(['转', '轉']).or_else(|| {
        let at = written.rfind('-')?;
        let before = written.get(..at)?.chars().filter(char::is_ascii_digit).count();
        // Area and number are eleven digits together, or twelve.
        (written.starts_with(['0', '(']) && before >= 11).then_some(at)
    });
    marked.and_then(|at| written.get(..at)).unwrap_or(written)
}
