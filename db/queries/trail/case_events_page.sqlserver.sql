SELECT e.leaf_index, e.event_id, e.case_seq, e.type, e.actor_id, e.leaf, e.leaf_hash, b.body
FROM trail_events e
LEFT JOIN trail_bodies b ON b.event_id = e.event_id
WHERE e.case_id = @CaseId AND e.case_seq > @After AND e.case_seq <= @Until
ORDER BY e.case_seq
OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
