SELECT c.case_id, c.team, c.phase, c.created_at, c.submitted_at, c.closed_at, d.outcome, s.trail_seq AS events
FROM cases c
JOIN dossiers s ON s.case_id = c.case_id
LEFT JOIN decisions d ON d.case_id = c.case_id
     AND d.number = (SELECT MAX(x.number) FROM decisions x WHERE x.case_id = c.case_id AND x.state IN ('approved', 'immediate'))
WHERE c.phase <> 'draft'
  AND (@From IS NULL OR c.created_at >= @From)
  AND (@Before IS NULL OR c.created_at < @Before)
  AND (@Team IS NULL OR c.team = @Team)
  AND (@Phase IS NULL OR c.phase = @Phase)
  AND (@Outcome IS NULL OR d.outcome = @Outcome)
ORDER BY c.created_at DESC, s.trail_seq
LIMIT @Take OFFSET @Skip
