UPDATE rooms
SET method = @Method, room_phase = @RoomPhase, phase_number = @PhaseNumber, phase_since = @Now, phase_ends_at = NULL
WHERE case_id = @CaseId
