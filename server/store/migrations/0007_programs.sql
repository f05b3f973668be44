-- Other systems that send reports and follow them.

-- Which program a report came from: a short mark of its key under a key of ours. The key itself is nowhere stored.
CREATE TABLE program_report (
    report BYTEA PRIMARY KEY REFERENCES report (id),
    program BYTEA NOT NULL
);

-- How reports moved, by time: what other programs ask for again and again.
CREATE INDEX step_moved ON step (at, id) WHERE status IS NOT NULL;
