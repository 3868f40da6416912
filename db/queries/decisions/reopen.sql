UPDATE cases
SET phase = 'submitted', phase_since = @Now, closed_at = NULL
WHERE case_id = @CaseId AND phase = 'closed'
