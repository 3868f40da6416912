-- Time: deadlines that are paused or that could not be fired, and days off that not every team has.
ALTER TABLE open_steps ADD COLUMN paused_at TEXT; -- null while the deadline runs
ALTER TABLE open_steps ADD COLUMN resumes_at TEXT; -- then the deadline runs on by itself; due_at is what it comes to then
ALTER TABLE open_steps ADD COLUMN paused_event TEXT;

-- deadlines.state may be 'paused' from here on, and deadlines.kind 'resume'.
ALTER TABLE deadlines ADD COLUMN paused_at TEXT;
ALTER TABLE deadlines ADD COLUMN failures INTEGER NOT NULL DEFAULT 0; -- how often firing it ended in a fault
ALTER TABLE deadlines ADD COLUMN retry_at TEXT; -- not before, after a fault

-- No reference to teams: the setting may be there before the first of the team signs in.
CREATE TABLE team_days_off (
    team    TEXT NOT NULL,
    day_off TEXT NOT NULL, -- goodFriday, liberationDay
    PRIMARY KEY (team, day_off)
);
