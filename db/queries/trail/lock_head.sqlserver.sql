-- Locks the one-row head until the commit; done last, so that transactions wait for each other as briefly as can be. Only then is the last number
-- in the dossier that is appended to read: whoever held the lock may have given it out.
UPDATE trail_head SET size = size WHERE log = @Log;
SELECT size, frontier, (SELECT COALESCE(MAX(case_seq), 0) FROM trail_events WHERE case_id = @CaseId) AS case_seq
FROM trail_head
WHERE log = @Log
