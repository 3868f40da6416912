-- The cases that have an event among these leaves, page by page.
SELECT d.case_id, c.workflow
FROM dossiers d
LEFT JOIN cases c ON c.case_id = d.case_id
WHERE d.case_id > @After AND d.case_id <> @Organisation
    AND EXISTS (SELECT 1 FROM trail_events e WHERE e.case_id = d.case_id AND e.leaf_index >= @First AND e.leaf_index < @End)
ORDER BY d.case_id
OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
