-- One closed case, or those that were closed last.
SELECT case_id, team, urgency, workflow, workflow_sha256, closed_at
FROM cases
WHERE phase = 'closed' AND workflow_sha256 IS NOT NULL AND (@CaseId IS NULL OR case_id = @CaseId)
ORDER BY closed_at DESC, created_at DESC
OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
