//! What holds of every answer.

use super::client::Answer;

/// Whom to call, by default.
pub const NUMBERS: [&str; 5] = ["110", "119", "120", "122", "12345"];
pub const URGENT: [&str; 3] = ["110", "119", "120"];

/// The headers that protect, and the name of the request.
pub fn guarded(answer: &Answer) {
    let expected = [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ];
    for (name, value) in expected {
        assert_eq!(answer.header(name), value, "{name} of {}: {:?}", answer.status, answer.headers);
    }
    let policy = answer.header("content-security-policy");
    for part in ["default-src 'self'", "script-src 'self' 'wasm-unsafe-eval' 'nonce-", "frame-ancestors 'none'"] {
        assert!(policy.contains(part), "{part} is not in {policy:?}");
    }
    assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
    assert!(!answer.header("permissions-policy").is_empty());
    assert!(!answer.header("x-request-id").is_empty());
}

/// A refusal that a person can read, with whom to call, protected like every answer.
pub fn refusal(answer: &Answer, status: u16) {
    assert_eq!(answer.status, status, "{}", answer.text());
    guarded(answer);
    let page = answer.page();
    assert_eq!(page.all("h1").count(), 1);
    let numbers = page.numbers();
    for number in URGENT {
        assert!(numbers.contains(number), "{number} is not on the page of {status}: {}", answer.text());
    }
}
