//! Notices on their way to people.
//!
//! Whoever sends one claims it first, for a while and by compare-and-swap on its tries: two servers do not send it both. Who dies between
//! sending and saying so leaves it to be sent once more.

use model::canonical::Canonical;
use model::contact::Channel;
use model::id::Key;
use model::notice::{Kind, MOST, Reason, State, WINDOW};
use model::status::Status;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};
use uuid::{Builder, Uuid};

use crate::keep::{decode, key_from};
use crate::progress::{begin, settle};
use crate::reach::Mark;
use crate::transaction::Transaction;
use crate::{Applied, Result, Store, StoreError};

/// What an event makes to tell, whatever the channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewNotice {
    /// The event's message id.
    pub event: Uuid,
    pub report: Key,
    pub kind: Kind,
    pub status: Option<Status>,
    /// UTC milliseconds.
    pub at: i64,
}

/// A notice as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeRow {
    pub id: Uuid,
    pub report: Key,
    pub kind: Kind,
    pub status: Option<Status>,
    pub channel: Channel,
    pub mark: Mark,
    pub language: String,
    pub at: i64,
    pub state: State,
    pub tries: i64,
    /// When it is tried again.
    pub next_at: Option<i64>,
    pub changed_at: i64,
    pub reason: Option<Reason>,
}

/// What became of a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tried {
    Sent,
    /// Not delivered; to be tried again at a time, or not.
    Not(Reason, Option<i64>),
}

/// Somebody asks for the link to the list of their reports.
#[derive(Clone, Debug)]
pub struct ListAsk {
    /// From the form, so that sending twice asks once.
    pub key: Key,
    pub mark: Mark,
    pub channel: Channel,
    /// Of the network address it comes from, unless that is our own machine's.
    pub from: Option<Mark>,
    /// The language to answer in.
    pub language: String,
    /// UTC milliseconds.
    pub at: i64,
    /// How many asks within [`WINDOW`] are too many, for the contact and for the address.
    pub most: (i64, i64),
}

macro_rules! columns {
    () => {
        "id, report, kind, status, channel, mark, language, at, state, tries, next_at, changed_at, reason"
    };
}

impl Store {
    /// Queues what events make to tell, on those of the channels on which the person can be reached; each event once.
    ///
    /// # Errors
    /// When the store is unavailable: then none of them counts as applied.
    pub async fn queue_notices(
        &self,
        consumer: &'static str,
        channels: Vec<Channel>,
        events: Vec<(i64, Option<Vec<NewNotice>>)>,
    ) -> Result<Applied> {
        let shared = std::sync::Arc::new((channels, events));
        self.writer
            .work("queue notices", move |transaction| {
                let shared = shared.clone();
                Box::pin(async move { queue(transaction, consumer, &shared.0, &shared.1).await })
            })
            .await
    }

    /// Notes that a list was asked for, and queues the notice with its link when the contact is known. What it costs and gives back is the
    /// same whether it is.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn ask_for_list(&self, ask: ListAsk) -> Result<()> {
        self.writer
            .work("note an ask", move |transaction| {
                let ask = ask.clone();
                Box::pin(async move { ask_for_list(transaction.alone().await?, &ask).await })
            })
            .await
    }

    /// Notices that are to be sent at `now`, the longest waiting first.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn due_notices(&self, now: i64, limit: u32) -> Result<Vec<NoticeRow>> {
        let sql = concat!(
            "SELECT ",
            columns!(),
            " FROM notice WHERE next_at IS NOT NULL AND next_at <= $1 ORDER BY next_at LIMIT $2"
        );
        self.notices("read due notices", sql, |question| question.bind(now).bind(i64::from(limit))).await
    }

    /// Claims a notice until a time. Gives back whether nobody else was quicker.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn claim_notice(&self, id: Uuid, tries: i64, until: i64) -> Result<bool> {
        self.writer
            .work("claim a notice", move |transaction| {
                Box::pin(async move {
                    let sql = "UPDATE notice SET tries = tries + 1, next_at = $3 \
                               WHERE id = $1 AND tries = $2 AND next_at IS NOT NULL";
                    let query = sqlx::query(sql).bind(id.as_bytes().to_vec()).bind(tries).bind(until);
                    Ok(query.execute(transaction.alone().await?).await?.rows_affected() == 1)
                })
            })
            .await
    }

    /// Writes down what became of a try. That it was sent holds whatever else has happened; that it was not, only while the claim stands.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn settle_notice(&self, id: Uuid, tries: i64, tried: Tried, now: i64) -> Result<()> {
        let (state, reason, next_at, of) = match tried {
            Tried::Sent => (State::Sent, None, None, None),
            Tried::Not(reason, Some(next)) => (State::Failed, Some(reason), Some(next), Some(tries)),
            Tried::Not(reason, None) => (State::GaveUp, Some(reason), None, Some(tries)),
        };
        self.writer
            .work("settle a notice", move |transaction| {
                Box::pin(async move {
                    let sql = "UPDATE notice SET state = $2, reason = $3, next_at = $4, changed_at = $5 \
                               WHERE id = $1 AND ($6 IS NULL OR tries = $6) AND state <> 'sent'";
                    sqlx::query(sql)
                        .bind(id.as_bytes().to_vec())
                        .bind(state.name())
                        .bind(reason.map(Reason::name))
                        .bind(next_at)
                        .bind(now)
                        .bind(of)
                        .execute(transaction.alone().await?)
                        .await
                        .map(|_| ())
                })
            })
            .await
    }

    /// Queues an undelivered notice again. Gives back whether there was one.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn requeue_notice(&self, id: Uuid, now: i64) -> Result<bool> {
        self.writer
            .work("queue a notice again", move |transaction| {
                Box::pin(async move {
                    let sql = "UPDATE notice SET state = 'queued', tries = 0, next_at = $2, changed_at = $2 \
                               WHERE id = $1 AND state IN ('failed', 'gave-up')";
                    let query = sqlx::query(sql).bind(id.as_bytes().to_vec()).bind(now);
                    Ok(query.execute(transaction.alone().await?).await?.rows_affected() == 1)
                })
            })
            .await
    }

    /// What the person of a report was told, or not, the oldest first.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn notices_of(&self, report: Key) -> Result<Vec<NoticeRow>> {
        let sql = concat!("SELECT ", columns!(), " FROM notice WHERE report = $1 ORDER BY at, id");
        self.notices("read notices", sql, |question| question.bind(report.bytes().to_vec())).await
    }

    /// What could not be delivered, or not yet: the latest first, at most `limit`.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn undelivered_notices(&self, limit: u32) -> Result<Vec<NoticeRow>> {
        let sql = concat!(
            "SELECT ",
            columns!(),
            " FROM notice WHERE state IN ('failed', 'gave-up') ORDER BY changed_at DESC LIMIT $1"
        );
        self.notices("read undelivered notices", sql, |question| question.bind(i64::from(limit))).await
    }

    async fn notices(
        &self,
        doing: &'static str,
        sql: &'static str,
        bind: impl for<'q> Fn(crate::rows::Bound<'q>) -> crate::rows::Bound<'q>,
    ) -> Result<Vec<NoticeRow>> {
        let rows = self.rows(doing, sql, bind).await?;
        rows.iter().map(row).collect::<sqlx::Result<_>>().map_err(StoreError::while_it_should(doing))
    }
}

/// The id of what an event makes to tell about a report on a channel: the same whenever the event comes. It is derived, and so of version
/// 8 (RFC 9562, section 5.8).
fn id_of(event: &[u8], report: Key, channel: Channel) -> Uuid {
    let hash = Canonical::new("notice/1").bytes(event).bytes(report.bytes()).text(channel.name()).hash();
    let mut id = [0; 16];
    id.iter_mut().zip(hash).for_each(|(byte, hashed)| *byte = hashed);
    Builder::from_custom_bytes(id).into_uuid()
}

async fn queue(
    transaction: &mut Transaction,
    consumer: &'static str,
    channels: &[Channel],
    events: &[(i64, Option<Vec<NewNotice>>)],
) -> sqlx::Result<Applied> {
    let (progress, fresh) = begin(transaction, consumer, events).await?;
    let connection = transaction.alone().await?;
    for new in fresh.into_iter().flatten() {
        let reaches = sqlx::query("SELECT channel, mark, language FROM reach WHERE report = $1");
        let reaches = reaches.bind(new.report.bytes().to_vec()).fetch_all(&mut *connection).await?;
        for reach in &reaches {
            let channel = Channel::parse(reach.try_get(0)?).ok_or_else(|| decode("an unknown channel"))?;
            let (mark, language) = (reach.try_get::<Vec<u8>, _>(1)?, reach.try_get::<String, _>(2)?);
            if channels.contains(&channel) {
                let had = sqlx::query("SELECT COUNT(*) FROM notice WHERE mark = $1 AND at > $2");
                let had = had.bind(mark.clone()).bind(new.at - WINDOW).fetch_one(&mut *connection).await?;
                let too_many = had.try_get::<i64, _>(0)? >= MOST;
                let id = id_of(new.event.as_bytes(), new.report, channel);
                insert(connection, id, new, channel, mark, language, too_many).await?;
            }
        }
    }
    settle(transaction, progress).await
}

async fn insert(
    connection: &mut AnyConnection,
    id: Uuid,
    new: &NewNotice,
    channel: Channel,
    mark: Vec<u8>,
    language: String,
    too_many: bool,
) -> sqlx::Result<()> {
    let state = if too_many { State::GaveUp } else { State::Queued };
    sqlx::query(concat!(
        "INSERT INTO notice (",
        columns!(),
        ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10, $8, $11) ON CONFLICT (id) DO NOTHING"
    ))
    .bind(id.as_bytes().to_vec())
    .bind(new.report.bytes().to_vec())
    .bind(new.kind.name())
    .bind(new.status.map(Status::name))
    .bind(channel.name())
    .bind(mark)
    .bind(language)
    .bind(new.at)
    .bind(state.name())
    .bind((!too_many).then_some(new.at))
    .bind(too_many.then_some(Reason::TooMany.name()))
    .execute(connection)
    .await
    .map(|_| ())
}

async fn ask_for_list(connection: &mut AnyConnection, ask: &ListAsk) -> sqlx::Result<()> {
    let since = ask.at - WINDOW;
    let old = sqlx::query("DELETE FROM list_ask WHERE at <= $1").bind(since);
    old.execute(&mut *connection).await?;
    let mut fits = true;
    for (mark, most) in [(Some(ask.mark), ask.most.0), (ask.from, ask.most.1)] {
        let Some(mark) = mark else { continue };
        let asked = sqlx::query("SELECT COUNT(*) FROM list_ask WHERE mark = $1 AND at > $2 AND id <> $3");
        let asked = asked.bind(mark.to_vec()).bind(since).bind(ask.key.bytes().to_vec());
        fits &= asked.fetch_one(&mut *connection).await?.try_get::<i64, _>(0)? < most;
        sqlx::query("INSERT INTO list_ask (mark, at, id) VALUES ($1, $2, $3) ON CONFLICT (mark, at, id) DO NOTHING")
            .bind(mark.to_vec())
            .bind(ask.at)
            .bind(ask.key.bytes().to_vec())
            .execute(&mut *connection)
            .await?;
    }
    // The sealed contact of the newest report is where the link goes: what was typed is not kept.
    let newest = sqlx::query("SELECT report FROM reach WHERE mark = $1 AND channel = $2 ORDER BY since DESC LIMIT 1");
    let newest = newest.bind(ask.mark.to_vec()).bind(ask.channel.name()).fetch_optional(&mut *connection).await?;
    let Some(newest) = newest.filter(|_| fits) else { return Ok(()) };
    let report = key_from(newest.try_get::<&[u8], _>(0)?)?;
    let new = NewNotice { event: ask.key.uuid(), report, kind: Kind::List, status: None, at: ask.at };
    let id = id_of(Kind::List.name().as_bytes(), ask.key, ask.channel);
    insert(connection, id, &new, ask.channel, ask.mark.to_vec(), ask.language.clone(), false).await
}

fn row(row: &AnyRow) -> sqlx::Result<NoticeRow> {
    let status: Option<String> = row.try_get(3)?;
    let reason: Option<String> = row.try_get(12)?;
    Ok(NoticeRow {
        id: Uuid::from_slice(row.try_get(0)?).map_err(decode)?,
        report: key_from(row.try_get::<&[u8], _>(1)?)?,
        kind: Kind::parse(row.try_get(2)?).ok_or_else(|| decode("an unknown kind of notice"))?,
        status: status.map(|name| Status::parse(&name).ok_or_else(|| decode("an unknown status"))).transpose()?,
        channel: Channel::parse(row.try_get(4)?).ok_or_else(|| decode("an unknown channel"))?,
        mark: row.try_get::<&[u8], _>(5)?.try_into().map_err(|_| decode("a mark that is not 16 bytes"))?,
        language: row.try_get(6)?,
        at: row.try_get(7)?,
        state: State::parse(row.try_get(8)?).ok_or_else(|| decode("an unknown state of a notice"))?,
        tries: row.try_get(9)?,
        next_at: row.try_get(10)?,
        changed_at: row.try_get(11)?,
        reason: reason.map(|name| Reason::parse(&name).ok_or_else(|| decode("an unknown reason"))).transpose()?,
    })
}
