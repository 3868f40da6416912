-- Who works here, what they know, and when their team works.
CREATE TABLE teams (
    team      TEXT NOT NULL PRIMARY KEY,
    time_zone TEXT NOT NULL,
    day_start TEXT NOT NULL, -- local time, HH:mm
    day_end   TEXT NOT NULL, -- local time, HH:mm
    workdays  TEXT NOT NULL -- ISO weekday numbers, "12345" = Monday to Friday
);

CREATE TABLE people (
    person_id        TEXT NOT NULL PRIMARY KEY,
    subject          TEXT NOT NULL UNIQUE, -- the identity provider's sub
    display_name     TEXT NOT NULL,
    job_title        TEXT NOT NULL,
    team             TEXT NOT NULL REFERENCES teams (team),
    hours_per_week   INTEGER NOT NULL,
    code_familiarity TEXT NOT NULL,
    knows_lifeworld  INTEGER NOT NULL, -- stands near the young people's world; routing always mixes near and far
    core_only        INTEGER NOT NULL, -- sees the anonymised core of a case only
    active           INTEGER NOT NULL
);

CREATE TABLE person_roles (
    person_id TEXT NOT NULL REFERENCES people (person_id),
    role      TEXT NOT NULL,
    PRIMARY KEY (person_id, role)
);

CREATE TABLE person_expertise (
    person_id TEXT NOT NULL REFERENCES people (person_id),
    tag       TEXT NOT NULL,
    PRIMARY KEY (person_id, tag)
);
