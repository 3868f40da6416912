UPDATE cases SET escalated_at = @EscalatedAt, escalation = @Escalation WHERE case_id = @CaseId
