//! Checking a receipt.

use leptos::prelude::*;

use super::{Kept, Trouble, show_again};

/// Takes the statement of a receipt, and has its page say what it is worth. Anybody may ask: the answer follows from the public key.
#[server(prefix = "/act", endpoint = "receipt/verify")]
pub async fn verify_receipt(statement: String) -> Result<String, Trouble> {
    show_again(Kept::Statement(statement), "/receipt/verify".to_owned())
}
