-- Which reports are closed as duplicates of a report.
CREATE INDEX step_other ON step (other) WHERE other IS NOT NULL;
