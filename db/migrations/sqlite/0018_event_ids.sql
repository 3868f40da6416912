-- One index less for each event to write: an id is there once already, as the key of the event's body, and no query looks for an event by its id alone.
CREATE TABLE trail_events_without (
    leaf_index INTEGER NOT NULL PRIMARY KEY,
    event_id   TEXT NOT NULL,
    case_id    TEXT NOT NULL REFERENCES dossiers (case_id),
    case_seq   INTEGER NOT NULL,
    type       TEXT NOT NULL,
    actor_id   TEXT NOT NULL,
    at         TEXT NOT NULL,
    leaf       BLOB NOT NULL, -- the header's JCS bytes, verbatim
    leaf_hash  BLOB NOT NULL,
    UNIQUE (case_id, case_seq)
);

INSERT INTO trail_events_without (leaf_index, event_id, case_id, case_seq, type, actor_id, at, leaf, leaf_hash)
SELECT leaf_index, event_id, case_id, case_seq, type, actor_id, at, leaf, leaf_hash FROM trail_events ORDER BY leaf_index;

DROP TABLE trail_events;

ALTER TABLE trail_events_without RENAME TO trail_events;

CREATE TRIGGER trail_events_no_update BEFORE UPDATE ON trail_events
BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END;

CREATE TRIGGER trail_events_no_delete BEFORE DELETE ON trail_events
BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END;
