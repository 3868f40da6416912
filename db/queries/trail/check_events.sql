SELECT leaf_index, event_id, case_id, case_seq, type, actor_id, at, leaf, leaf_hash
FROM trail_events
WHERE leaf_index > @After
ORDER BY leaf_index
LIMIT @Take
