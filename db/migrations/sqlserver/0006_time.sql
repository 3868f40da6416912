-- Time: deadlines that are paused or that could not be fired, and days off that not every team has.
ALTER TABLE open_steps ADD
    paused_at    DATETIME2(6)     NULL, -- null while the deadline runs
    resumes_at   DATETIME2(6)     NULL, -- then the deadline runs on by itself; due_at is what it comes to then
    paused_event UNIQUEIDENTIFIER NULL;
GO
-- deadlines.state may be 'paused' from here on, and deadlines.kind 'resume'.
ALTER TABLE deadlines ADD
    paused_at DATETIME2(6) NULL,
    failures  INT          NOT NULL CONSTRAINT df_deadlines_failures DEFAULT 0, -- how often firing it ended in a fault
    retry_at  DATETIME2(6) NULL; -- not before, after a fault
GO
-- No reference to teams: the setting may be there before the first of the team signs in.
CREATE TABLE team_days_off (
    team    NVARCHAR(100) NOT NULL,
    day_off VARCHAR(40)   NOT NULL, -- goodFriday, liberationDay
    CONSTRAINT pk_team_days_off PRIMARY KEY (team, day_off)
);
