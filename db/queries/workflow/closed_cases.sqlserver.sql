-- One closed case, whatever it ran on; or those that were closed last of one definition.
SELECT c.case_id, c.team, c.urgency, c.workflow, c.workflow_sha256, c.closed_at
FROM cases c
JOIN workflow_definitions d ON d.sha256 = c.workflow_sha256
WHERE c.phase = 'closed' AND c.erased_at IS NULL AND ((@CaseId IS NULL AND d.definition = @Definition) OR c.case_id = @CaseId)
ORDER BY c.closed_at DESC, c.created_at DESC
OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
