UPDATE findings
SET state = 'closed', closed_by_id = @PersonId, closed_at = @Now, closed_event = @EventId
WHERE finding_id = @FindingId AND case_id = @CaseId AND raised_by_id = @PersonId AND state IN ('open', 'answered')
