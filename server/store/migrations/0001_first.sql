-- One text for SQLite and PostgreSQL. BYTEA, BIGINT and TEXT mean the same to both; there are no booleans, no dates, no JSON type.

-- What the store says of itself, for example that it holds demonstration data.
CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- The last position of the log. Its one row is updated in every transaction that appends: the lock on it makes positions follow commit
-- order without gaps, in every engine and with any number of writers.
CREATE TABLE log_head (
    one BIGINT PRIMARY KEY CHECK (one = 1),
    seq BIGINT NOT NULL
);
INSERT INTO log_head (one, seq) VALUES (1, 0);

-- The event log, and so the outbox: written in the transaction of what it tells of.
CREATE TABLE event (
    seq BIGINT PRIMARY KEY,
    id BYTEA NOT NULL,
    kind TEXT NOT NULL,
    cell BIGINT,
    at BIGINT NOT NULL,
    body TEXT NOT NULL
);

-- The key of a subject, wrapped by the master key. Deleting the row makes all that is sealed under it unreadable for good.
CREATE TABLE subject_key (
    subject BYTEA PRIMARY KEY,
    wrapped BYTEA NOT NULL
);

CREATE TABLE report (
    id BYTEA PRIMARY KEY,
    hash BYTEA NOT NULL,
    category TEXT NOT NULL,
    danger BIGINT NOT NULL,
    people BIGINT,
    mark TEXT NOT NULL,
    cell BIGINT,
    occurred_at BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    status TEXT NOT NULL,
    origin TEXT NOT NULL,
    told BYTEA NOT NULL,
    contact BYTEA
);

-- Why data of a subject may be opened: one row a purpose, under the notice that was shown.
CREATE TABLE basis (
    subject BYTEA NOT NULL,
    purpose TEXT NOT NULL,
    ground TEXT NOT NULL,
    notice BIGINT NOT NULL,
    since BIGINT NOT NULL,
    ended BIGINT,
    PRIMARY KEY (subject, purpose)
);

-- That sealed data was opened, for the subject to read: by purpose and hour.
CREATE TABLE opening (
    subject BYTEA NOT NULL,
    purpose TEXT NOT NULL,
    hour BIGINT NOT NULL,
    PRIMARY KEY (subject, purpose, hour)
);

CREATE TABLE note (
    id BYTEA PRIMARY KEY,
    report BYTEA NOT NULL REFERENCES report (id),
    hash BYTEA NOT NULL,
    at BIGINT NOT NULL,
    told BYTEA NOT NULL
);
CREATE INDEX note_of_report ON note (report, at);

-- How far a consumer has come: it has applied every event up to and including seq, and those of `applied` beyond it.
CREATE TABLE cursor (
    consumer TEXT PRIMARY KEY,
    seq BIGINT NOT NULL
);
CREATE TABLE applied (
    consumer TEXT NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (consumer, seq)
);

-- The counter's projection. Cell 0 is "no cell".
CREATE TABLE tally (
    category TEXT NOT NULL,
    cell BIGINT NOT NULL,
    hour BIGINT NOT NULL,
    reports BIGINT NOT NULL,
    PRIMARY KEY (category, cell, hour)
);
CREATE INDEX tally_by_hour ON tally (hour);
