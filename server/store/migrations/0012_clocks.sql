-- When somebody was told of a clock last: what was so then is not told again, and brings a report to the duty desk once.

ALTER TABLE handling ADD COLUMN rung_at BIGINT;
-- Those whose answer was promised for a time that is past, and that the clocks have told of.
UPDATE handling SET rung_at = answer_due + 1
    WHERE closed_at IS NULL AND answered_at IS NULL AND answer_due < 9223372036854775807
    AND (alarm_at IS NULL OR alarm_at > answer_due);
