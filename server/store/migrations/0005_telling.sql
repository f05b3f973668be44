-- Telling people how their reports stand.

-- Where the person who reported can be written to, as a keyed mark of the address: the address itself stands sealed in the report. Reports
-- of one address have one mark, so they are found without opening anything.
CREATE TABLE reach (
    report BYTEA NOT NULL REFERENCES report (id),
    channel TEXT NOT NULL,
    mark BYTEA NOT NULL,
    -- The language in which the person reported (BCP 47).
    language TEXT NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (report, channel)
);
CREATE INDEX reach_mark ON reach (mark, since);

-- What is to be told, and what became of it: one row for each event, report and channel, whose id follows from these.
CREATE TABLE notice (
    id BYTEA PRIMARY KEY,
    report BYTEA NOT NULL REFERENCES report (id),
    kind TEXT NOT NULL,
    -- Where the report stood then.
    status TEXT,
    channel TEXT NOT NULL,
    mark BYTEA NOT NULL,
    language TEXT NOT NULL,
    at BIGINT NOT NULL,
    state TEXT NOT NULL,
    tries BIGINT NOT NULL,
    -- When it is to be tried; while somebody is at it, when somebody else may. Null once that is over.
    next_at BIGINT,
    changed_at BIGINT NOT NULL,
    reason TEXT
);
CREATE INDEX notice_next ON notice (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX notice_of_report ON notice (report, at);
CREATE INDEX notice_mark ON notice (mark, at);
CREATE INDEX notice_undelivered ON notice (changed_at) WHERE state IN ('failed', 'gave-up');

-- That a list was asked for, by marks of the contact and of the network address, known or not: for an hour, to count them.
CREATE TABLE list_ask (
    mark BYTEA NOT NULL,
    at BIGINT NOT NULL,
    id BYTEA NOT NULL,
    PRIMARY KEY (mark, at, id)
);
CREATE INDEX list_ask_at ON list_ask (at);
