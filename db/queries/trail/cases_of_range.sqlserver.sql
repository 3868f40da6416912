-- The cases of a range, each by its first event there: the case's event before it, if any, lies before the range.
SELECT e.leaf_index, e.case_id, c.workflow
FROM trail_events e
LEFT JOIN cases c ON c.case_id = e.case_id
WHERE e.leaf_index > @After AND e.leaf_index < @End AND e.case_id <> @Organisation
    AND (e.case_seq = 1
         OR EXISTS (SELECT 1 FROM trail_events p WHERE p.case_id = e.case_id AND p.case_seq = e.case_seq - 1 AND p.leaf_index < @First))
ORDER BY e.leaf_index
OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
