-- From the phase that who moves it saw: of two who move at once one does.
UPDATE rooms
SET room_phase = @RoomPhase, phase_number = @PhaseNumber, phase_since = @Now, phase_ends_at = @PhaseEndsAt, floor_id = NULL, floor_since = NULL
WHERE case_id = @CaseId AND room_phase = @FromPhase AND (phase_number = @FromNumber OR phase_number IS NULL)
