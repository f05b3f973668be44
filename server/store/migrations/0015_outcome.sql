-- How reports ended, as far as that is counted: whether the first closing was as solved, and whether the person said that it is not. The
-- counter's projection, as `tally` is.
CREATE TABLE outcome (
    report BYTEA PRIMARY KEY REFERENCES report (id),
    category TEXT NOT NULL,
    -- Of the first closing; the end of time while there is none.
    closed_at BIGINT NOT NULL,
    solved BIGINT NOT NULL,
    contested BIGINT NOT NULL
);
CREATE INDEX outcome_solved ON outcome (category, contested) WHERE solved = 1;

-- What the counter has passed already. Whatever it still has to come to changes nothing here that it would not change itself.
INSERT INTO outcome (report, category, closed_at, solved, contested)
SELECT s.report, r.category, s.at,
    CASE WHEN s.status = 'done' THEN 1 ELSE 0 END,
    CASE WHEN EXISTS (SELECT 1 FROM step c WHERE c.report = s.report AND c.act = 'contest') THEN 1 ELSE 0 END
FROM step s JOIN report r ON r.id = s.report
WHERE s.status IN ('done', 'partly', 'refused', 'resolved-itself', 'duplicate', 'unreachable')
    AND NOT EXISTS (
        SELECT 1 FROM step e
        WHERE e.report = s.report AND e.status IN ('done', 'partly', 'refused', 'resolved-itself', 'duplicate', 'unreachable')
            AND (e.at < s.at OR (e.at = s.at AND e.id < s.id))
    );
