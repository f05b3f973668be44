//! What an Open311 client reads.

use serde_json::Value;

use super::client::{Answer, Client};

/// The document of an answer, which says that it is JSON.
pub fn read(answer: &Answer) -> Value {
    assert_eq!(answer.header("content-type"), "application/json; charset=utf-8", "{}", answer.text());
    serde_json::from_slice(&answer.body).unwrap()
}

/// The document under a path that is there.
pub fn get(client: &Client, path: &str) -> Value {
    let answer = client.get(path);
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    read(&answer)
}
