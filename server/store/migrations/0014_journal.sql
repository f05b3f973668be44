-- What the staff did, for those who watch over it: nothing of what was said in it.

CREATE TABLE journal (
    -- That of its event in the log; of what was done before there was a journal, that of the step.
    id BYTEA PRIMARY KEY,
    at BIGINT NOT NULL,
    -- Who did it; null for whoever runs the portal, by the command line.
    staff BYTEA,
    act TEXT NOT NULL,
    -- Where the report stood afterwards, if that changed.
    status TEXT,
    report BYTEA,
    -- Whom of the staff it is about.
    whom BYTEA
);
CREATE INDEX journal_at ON journal (at, id);
INSERT INTO journal (id, at, staff, act, status, report)
    SELECT id, at, staff, act, status, report FROM step WHERE staff IS NOT NULL AND act <> 'seen';
