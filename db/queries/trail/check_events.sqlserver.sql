SELECT e.leaf_index, e.event_id, e.case_id, e.case_seq, e.type, e.actor_id, e.at, e.leaf, e.leaf_hash, b.body, b.case_id AS body_case_id
FROM trail_events e
LEFT JOIN trail_bodies b ON b.event_id = e.event_id
WHERE e.leaf_index > @After
ORDER BY e.leaf_index
OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
