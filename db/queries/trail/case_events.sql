SELECT e.leaf_index, e.event_id, e.case_seq, e.type, e.actor_id, e.at, e.leaf, b.body
FROM trail_events e
LEFT JOIN trail_bodies b ON b.event_id = e.event_id
WHERE e.case_id = @CaseId
ORDER BY e.case_seq
