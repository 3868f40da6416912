SELECT deadline_id, case_id, kind, node, person_id, due_at
FROM deadlines
WHERE state = 'open' AND due_at <= @Now
ORDER BY due_at
OFFSET 0 ROWS FETCH NEXT 50 ROWS ONLY
