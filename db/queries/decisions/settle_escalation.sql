UPDATE cases SET escalated_at = NULL, escalation = NULL WHERE case_id = @CaseId AND escalated_at IS NOT NULL
