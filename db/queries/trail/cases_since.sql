-- The cases that began after this leaf.
SELECT e.case_id, c.workflow
FROM trail_events e
LEFT JOIN cases c ON c.case_id = e.case_id
WHERE e.leaf_index >= @First AND e.case_seq = 1 AND e.case_id <> @Organisation
ORDER BY e.leaf_index
