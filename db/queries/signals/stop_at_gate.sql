UPDATE cases
SET phase = 'stopped', phase_since = @Now, access_route = @AccessRoute, submitted_at = @Now
WHERE case_id = @CaseId AND phase = 'draft'
