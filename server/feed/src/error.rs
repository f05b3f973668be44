//! What can go wrong between the log and a consumer.

use std::error::Error;
use std::io;
use std::path::PathBuf;

use uuid::Uuid;

/// What lies beneath a [`FeedError`].
pub type Cause = Box<dyn Error + Send + Sync>;

/// An operation on the feed that failed. The message names the operation, the source says why.
#[derive(Debug, thiserror::Error)]
pub enum FeedError {
    /// The address itself is not repeated: it may hold a password.
    #[error("the address of the broker cannot be used")]
    Address(#[source] Cause),
    #[error("the credentials in {} cannot be used", path.display())]
    Credentials { path: PathBuf, source: io::Error },
    /// The one error that passes by itself: the same call is right again when the broker is back.
    #[error("the broker does not answer")]
    Unavailable(#[source] Cause),
    /// The stream is another one than before, and empty: see [`crate::Feed::memory`].
    #[error("the broker has lost what it held")]
    Forgotten,
    #[error("the stream {name} could not be prepared")]
    Stream { name: String, source: Cause },
    /// In process a consumer has to be declared; over a broker its name is made of letters, digits, `-` and `_`.
    #[error("{name:?} is not the name of a consumer")]
    Consumer { name: String },
    #[error("the event {id} could not be published")]
    Publish { id: Uuid, source: Cause },
    #[error("the consumer {consumer} could not be subscribed")]
    Subscribe { consumer: String, source: Cause },
    #[error("no events could be fetched for the consumer {consumer}")]
    Fetch { consumer: String, source: Cause },
    #[error("an event could not be buried for the consumer {consumer}")]
    Bury { consumer: String, source: Cause },
    #[error("the dead letters of the consumer {consumer} could not be read")]
    DeadLetters { consumer: String, source: Cause },
    /// A mistake of the caller: the delivery was made by a feed of the other kind.
    #[error("the delivery comes from another feed")]
    Foreign,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_leaves_its_source_to_the_source() {
        let cause = || Cause::from("the cause");
        let text = String::new;
        let errors = [
            FeedError::Address(cause()),
            FeedError::Credentials { path: PathBuf::new(), source: io::Error::other(cause()) },
            FeedError::Unavailable(cause()),
            FeedError::Stream { name: text(), source: cause() },
            FeedError::Publish { id: Uuid::nil(), source: cause() },
            FeedError::Subscribe { consumer: text(), source: cause() },
            FeedError::Fetch { consumer: text(), source: cause() },
            FeedError::Bury { consumer: text(), source: cause() },
            FeedError::DeadLetters { consumer: text(), source: cause() },
        ];
        for error in errors {
            assert!(!error.to_string().contains("the cause"), "{error}");
            assert_eq!(error.source().map(ToString::to_string).as_deref(), Some("the cause"));
        }
    }
}
