UPDATE cases SET closed_at = @Now WHERE case_id = @CaseId AND phase = 'stopped' AND closed_at IS NULL
