SELECT r.due_on, COUNT(*) AS cases
FROM retention_cases r
JOIN cases c ON c.case_id = r.case_id
WHERE r.state NOT IN ('running', 'erased') AND c.erased_at IS NULL AND c.phase <> 'draft' AND r.due_on >= @From AND r.due_on < @Before
  AND (@Team IS NULL OR c.team = @Team)
GROUP BY r.due_on
