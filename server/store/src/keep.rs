//! How types of the model stand in columns, and how they come back.

use model::cell::Cell;
use model::id::Key;

/// A cell column: null, or (in a key, where null cannot stand) 0, is "no cell".
pub fn cell_from(number: Option<i64>) -> sqlx::Result<Option<Cell>> {
    number.filter(|number| *number != 0).map(Cell::try_from).transpose().map_err(decode)
}

/// A key column.
pub fn key_from(bytes: &[u8]) -> sqlx::Result<Key> {
    Key::from_bytes(bytes).ok_or_else(|| decode("a key that is not 16 bytes"))
}

/// For values that no version of the program writes.
pub fn decode(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> sqlx::Error {
    sqlx::Error::Decode(error.into())
}
