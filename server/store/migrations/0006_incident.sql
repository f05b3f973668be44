-- Reports of one event are members of an incident, and are handled together.

-- What happened, in the hands of one department.
CREATE TABLE incident (
    id BYTEA PRIMARY KEY,
    category TEXT NOT NULL,
    -- The department that handles it: all its members stood in that department's queue when they were joined.
    department TEXT NOT NULL,
    since BIGINT NOT NULL,
    -- Counts the changes, as in `handling`.
    version BIGINT NOT NULL
);
CREATE INDEX incident_of_department ON incident (department, since);

-- A report is a member of one incident at most. Members that left are in `incident_step`.
CREATE TABLE incident_member (
    report BYTEA PRIMARY KEY REFERENCES report (id),
    incident BYTEA NOT NULL REFERENCES incident (id),
    since BIGINT NOT NULL
);
CREATE INDEX incident_member_of ON incident_member (incident, since);

-- What was done to an incident. The words stand in the steps of its members, sealed for each of them.
CREATE TABLE incident_step (
    id BYTEA PRIMARY KEY,
    incident BYTEA NOT NULL REFERENCES incident (id),
    hash BYTEA NOT NULL,
    at BIGINT NOT NULL,
    act TEXT NOT NULL,
    staff BYTEA NOT NULL,
    department TEXT NOT NULL,
    status TEXT,
    -- How many reports it was done to; and which, when it is one.
    reports BIGINT NOT NULL,
    report BYTEA
);
CREATE INDEX incident_step_of ON incident_step (incident, at);

-- Words that are not shown as they were written. The original stays where it is, sealed.
CREATE TABLE redaction (
    report BYTEA NOT NULL REFERENCES report (id),
    -- `what`, `address` or `note`; and which note, or the report again.
    part TEXT NOT NULL,
    item BYTEA NOT NULL,
    at BIGINT NOT NULL,
    reason TEXT NOT NULL,
    -- What is read instead, and why, sealed under the key of the report's subject.
    told BYTEA NOT NULL,
    PRIMARY KEY (report, part, item)
);

-- Where reports came from, as short marks under a key of the day, for as long as a flood is looked for: a day at most.
CREATE TABLE sighting (
    report BYTEA PRIMARY KEY,
    at BIGINT NOT NULL,
    cell BIGINT,
    device BIGINT,
    block BIGINT,
    words BIGINT
);
CREATE INDEX sighting_at ON sighting (at);
CREATE INDEX sighting_device ON sighting (device, at) WHERE device IS NOT NULL;
CREATE INDEX sighting_block ON sighting (block, at) WHERE block IS NOT NULL;
