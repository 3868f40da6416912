UPDATE cases
SET phase = @Phase, phase_since = @Now
WHERE case_id = @CaseId AND phase <> @Phase
