-- Who may write is alone with the head already. With it comes the last number in the dossier that is appended to.
SELECT size, frontier, (SELECT COALESCE(MAX(case_seq), 0) FROM trail_events WHERE case_id = @CaseId) AS case_seq
FROM trail_head
WHERE log = @Log
