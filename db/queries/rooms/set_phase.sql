-- A clock is of one phase, and so is the floor: both end with it.
UPDATE rooms
SET room_phase = @RoomPhase, round = @Round, phase_number = @PhaseNumber, phase_since = @Now, phase_ends_at = @PhaseEndsAt,
    floor_id = NULL, floor_since = NULL
WHERE case_id = @CaseId
