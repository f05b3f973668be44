-- Reports whose author was shown whom to call, and when first. A row is only ever added.

CREATE TABLE advice (
    report BYTEA PRIMARY KEY REFERENCES report (id),
    at BIGINT NOT NULL
);
