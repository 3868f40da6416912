SELECT e.leaf_index, e.event_id, e.case_seq, e.leaf, b.case_id AS body_case_id, b.body
FROM trail_events e
LEFT JOIN trail_bodies b ON b.event_id = e.event_id
WHERE e.case_id = @CaseId AND e.case_seq > @After
ORDER BY e.case_seq
LIMIT @Take
