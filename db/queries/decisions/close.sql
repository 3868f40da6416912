UPDATE cases
SET phase = 'closed', phase_since = @Now, closed_at = @Now
WHERE case_id = @CaseId AND phase <> 'closed'
