//! Errors of the client, sorted into the two kinds that matter: nobody answered, or the answer was no.

use async_nats::jetstream;
use async_nats::jetstream::context::{CreateStreamError, CreateStreamErrorKind, PublishError, PublishErrorKind};
use async_nats::jetstream::stream::{ConsumerError, ConsumerErrorKind};

use crate::{Cause, FeedError};

/// Why an exchange with the broker failed.
#[derive(Debug)]
pub(super) enum Fault {
    /// Trying again later may help.
    Unreachable(Cause),
    /// Trying the same again will not help.
    Refused(Cause),
}

impl Fault {
    /// The error of an operation, which `refused` makes when the broker said no.
    pub(super) fn or(self, refused: impl FnOnce(Cause) -> FeedError) -> FeedError {
        match self {
            Self::Unreachable(cause) => FeedError::Unavailable(cause),
            Self::Refused(cause) => refused(cause),
        }
    }

    /// `cause` came about by `answer`, if the broker gave one. "503" is its way to say that it is not ready.
    fn by(answer: Option<&jetstream::Error>, cause: Cause) -> Self {
        match answer {
            Some(answer) if answer.code() != 503 => Self::Refused(cause),
            _ => Self::Unreachable(cause),
        }
    }
}

impl From<PublishError> for Fault {
    fn from(error: PublishError) -> Self {
        if error.kind() == PublishErrorKind::MaxPayloadExceeded {
            return Self::Refused(error.into());
        }
        let answer = std::error::Error::source(&error).and_then(|source| source.downcast_ref()).cloned();
        Self::by(answer.as_ref(), error.into())
    }
}

impl From<CreateStreamError> for Fault {
    fn from(error: CreateStreamError) -> Self {
        match error.kind() {
            CreateStreamErrorKind::JetStream(answer) => Self::by(Some(&answer), error.into()),
            CreateStreamErrorKind::EmptyStreamName | CreateStreamErrorKind::InvalidStreamName => {
                Self::Refused(error.into())
            }
            _ => Self::Unreachable(error.into()),
        }
    }
}

impl From<ConsumerError> for Fault {
    fn from(error: ConsumerError) -> Self {
        match error.kind() {
            ConsumerErrorKind::JetStream(answer) => Self::by(Some(&answer), error.into()),
            _ => Self::Unreachable(error.into()),
        }
    }
}
