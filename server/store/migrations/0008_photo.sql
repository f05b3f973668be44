-- Photos of a report, its author's or a department's. The pictures themselves stand outside of the database, sealed, under their names.

CREATE TABLE photo (
    -- Follows from the report and from what was sent: the same photo twice is one.
    id BYTEA PRIMARY KEY,
    report BYTEA NOT NULL REFERENCES report (id),
    -- The SHA-256 of the bytes as they were sent, by which a phone asks whether they have arrived.
    sent BYTEA NOT NULL,
    at BIGINT NOT NULL,
    -- Whose evidence it is; NULL for the author's own.
    department TEXT,
    -- Names of the sealed pictures: SHA-256 of what is stored, in hexadecimal.
    picture TEXT NOT NULL,
    thumbnail TEXT NOT NULL,
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    -- Where it was taken, sealed, if its author wanted that told.
    told BYTEA
);
CREATE INDEX photo_of_report ON photo (report, at);
