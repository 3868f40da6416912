-- Who follows a case live, and until when the trail says so: within that time a refresh is no read of its own.
CREATE TABLE live_reads (
    case_id    UNIQUEIDENTIFIER NOT NULL,
    person_id  UNIQUEIDENTIFIER NOT NULL,
    shown      VARCHAR(40)      NOT NULL, -- "room"
    roles      VARCHAR(200)     NOT NULL, -- as whom; in another role it is another read
    live_until DATETIME2(6)     NOT NULL, -- as in the body of the event case.read
    CONSTRAINT pk_live_reads PRIMARY KEY (case_id, person_id, shown),
    CONSTRAINT fk_live_reads_case_id FOREIGN KEY (case_id) REFERENCES cases (case_id),
    CONSTRAINT fk_live_reads_person_id FOREIGN KEY (person_id) REFERENCES people (person_id)
);
