UPDATE decisions
SET state = 'returned', judged_at = @Now, judged_event = @EventId
WHERE case_id = @CaseId AND number = @Number AND state = 'proposed'
