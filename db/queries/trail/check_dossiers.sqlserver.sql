-- In the order in which they began: ids are in another order on each database.
SELECT d.case_id, d.key_id, d.wrapped_key, e.leaf_index
FROM trail_events e
JOIN dossiers d ON d.case_id = e.case_id
WHERE e.leaf_index > @After AND e.case_seq = 1
ORDER BY e.leaf_index
OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
