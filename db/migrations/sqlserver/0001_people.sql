-- Who works here, what they know, and when their team works.
CREATE TABLE teams (
    team      NVARCHAR(100) NOT NULL,
    time_zone VARCHAR(60)   NOT NULL,
    day_start VARCHAR(5)    NOT NULL, -- local time, HH:mm
    day_end   VARCHAR(5)    NOT NULL, -- local time, HH:mm
    workdays  VARCHAR(7)    NOT NULL, -- ISO weekday numbers, "12345" = Monday to Friday
    CONSTRAINT pk_teams PRIMARY KEY (team)
);
GO
CREATE TABLE people (
    person_id        UNIQUEIDENTIFIER NOT NULL,
    subject          NVARCHAR(200)    NOT NULL, -- the identity provider's sub
    display_name     NVARCHAR(200)    NOT NULL,
    job_title        NVARCHAR(200)    NOT NULL,
    team             NVARCHAR(100)    NOT NULL,
    hours_per_week   INT              NOT NULL,
    code_familiarity NVARCHAR(1000)   NOT NULL,
    knows_lifeworld  BIT              NOT NULL, -- stands near the young people's world; routing always mixes near and far
    core_only        BIT              NOT NULL, -- sees the anonymised core of a case only
    active           BIT              NOT NULL,
    CONSTRAINT pk_people PRIMARY KEY (person_id),
    CONSTRAINT uq_people_subject UNIQUE (subject),
    CONSTRAINT fk_people_team FOREIGN KEY (team) REFERENCES teams (team)
);
GO
CREATE TABLE person_roles (
    person_id UNIQUEIDENTIFIER NOT NULL,
    role      VARCHAR(60)      NOT NULL,
    CONSTRAINT pk_person_roles PRIMARY KEY (person_id, role),
    CONSTRAINT fk_person_roles_person_id FOREIGN KEY (person_id) REFERENCES people (person_id)
);
GO
CREATE TABLE person_expertise (
    person_id UNIQUEIDENTIFIER NOT NULL,
    tag       NVARCHAR(100)    NOT NULL,
    CONSTRAINT pk_person_expertise PRIMARY KEY (person_id, tag),
    CONSTRAINT fk_person_expertise_person_id FOREIGN KEY (person_id) REFERENCES people (person_id)
);
