SELECT e.leaf_index, e.event_id, e.type, e.leaf, b.body
FROM trail_events e
LEFT JOIN trail_bodies b ON b.event_id = e.event_id
WHERE e.case_id = @CaseId AND e.leaf_index < @Size
ORDER BY e.case_seq
