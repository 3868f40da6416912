-- A clock is of one phase: it ends with it.
UPDATE rooms
SET room_phase = @RoomPhase, round = @Round, phase_since = @Now, phase_ends_at = NULL
WHERE case_id = @CaseId
