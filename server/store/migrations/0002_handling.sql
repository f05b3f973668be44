-- What becomes of a report after it was received.

-- How a report is handled. Made by the router from the event log, with the category and the cell that it found there; changed by the
-- desk, by the person who reported, and by the clocks. What was imported from elsewhere has no row: nobody here handles it.
CREATE TABLE handling (
    report BYTEA PRIMARY KEY REFERENCES report (id),
    -- What people read out on the telephone.
    reference TEXT NOT NULL,
    category TEXT NOT NULL,
    cell BIGINT,
    received_at BIGINT NOT NULL,
    -- When something was done to it last.
    changed_at BIGINT NOT NULL,
    -- The department whose queue it stands in, and the one that is asked to take it over, since when.
    owner TEXT NOT NULL,
    offered TEXT,
    offered_at BIGINT,
    refusals BIGINT NOT NULL,
    -- Why it stands there, as JSON.
    trace TEXT NOT NULL,
    -- The promised times, when they were kept, and since when they stand still.
    answer_due BIGINT NOT NULL,
    answered_at BIGINT,
    act_due BIGINT NOT NULL,
    acted_at BIGINT,
    paused_at BIGINT,
    -- The next promised time that is open, or the end of time; and when somebody must be told that it comes near.
    due BIGINT NOT NULL,
    alarm_at BIGINT,
    -- 1 once somebody of the department has opened it.
    seen BIGINT NOT NULL,
    closed_at BIGINT,
    contested_at BIGINT,
    -- People who said "that is my problem too".
    joined BIGINT NOT NULL,
    -- Counts the changes: who changes what they did not see is told so.
    version BIGINT NOT NULL,
    -- Who is at work on it, and until when that is believed.
    editor BYTEA,
    editor_until BIGINT
);
CREATE INDEX handling_queue ON handling (owner, seen, due) WHERE closed_at IS NULL;
CREATE INDEX handling_closed ON handling (owner, closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX handling_received ON handling (received_at);
CREATE INDEX handling_reference ON handling (reference);
CREATE INDEX handling_offer ON handling (offered) WHERE offered IS NOT NULL;
CREATE INDEX handling_near ON handling (category, cell) WHERE closed_at IS NULL AND cell IS NOT NULL;
CREATE INDEX handling_alarm ON handling (alarm_at) WHERE alarm_at IS NOT NULL;

-- One thing that was done to a report; together they are its history. Words are sealed under the key of the report's subject: `told` is
-- for the person who reported, `inner` for the desk.
CREATE TABLE step (
    id BYTEA PRIMARY KEY,
    report BYTEA NOT NULL REFERENCES report (id),
    hash BYTEA NOT NULL,
    at BIGINT NOT NULL,
    act TEXT NOT NULL,
    actor TEXT NOT NULL,
    staff BYTEA,
    department TEXT,
    status TEXT,
    detail TEXT,
    other BYTEA,
    told BYTEA,
    inner_told BYTEA
);
CREATE INDEX step_of_report ON step (report, at);

-- The people of the departments.
CREATE TABLE staff (
    id BYTEA PRIMARY KEY,
    name TEXT NOT NULL,
    department TEXT NOT NULL,
    role TEXT NOT NULL,
    since BIGINT NOT NULL,
    ended BIGINT
);

-- One-time links and sessions: of the secrets only a hash is kept.
CREATE TABLE pass (
    hash BYTEA PRIMARY KEY,
    staff BYTEA NOT NULL REFERENCES staff (id),
    kind TEXT NOT NULL,
    since BIGINT NOT NULL,
    until BIGINT NOT NULL
);
CREATE INDEX pass_of_staff ON pass (staff);

-- That somebody of the staff opened sealed data, for the subject to read: by department and hour.
CREATE TABLE desk_opening (
    subject BYTEA NOT NULL,
    staff BYTEA NOT NULL,
    department TEXT NOT NULL,
    purpose TEXT NOT NULL,
    hour BIGINT NOT NULL,
    PRIMARY KEY (subject, staff, purpose, hour)
);
