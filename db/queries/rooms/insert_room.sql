INSERT INTO rooms (case_id, method, room_phase, round, phase_number, phase_since, phase_ends_at)
VALUES (@CaseId, @Method, @RoomPhase, 0, @PhaseNumber, @Now, NULL)
