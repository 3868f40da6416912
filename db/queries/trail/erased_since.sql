-- Which cases were erased after this leaf.
SELECT case_id FROM trail_events WHERE leaf_index >= @Size AND type = 'subject.erased'
