-- Who follows a case live, and until when the trail says so: within that time a refresh is no read of its own.
CREATE TABLE live_reads (
    case_id    TEXT NOT NULL REFERENCES cases (case_id),
    person_id  TEXT NOT NULL REFERENCES people (person_id),
    shown      TEXT NOT NULL, -- "room"
    roles      TEXT NOT NULL, -- as whom; in another role it is another read
    live_until TEXT NOT NULL, -- as in the body of the event case.read
    PRIMARY KEY (case_id, person_id, shown)
);
