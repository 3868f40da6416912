SELECT method, room_phase, round, phase_number, phase_since, phase_ends_at, floor_id, floor_since
FROM rooms
WHERE case_id = @CaseId
