UPDATE rooms
SET method = @Method, room_phase = 'discussion', phase_since = @Now, phase_ends_at = NULL
WHERE case_id = @CaseId
