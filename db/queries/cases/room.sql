SELECT method, room_phase, round, phase_since, phase_ends_at FROM rooms WHERE case_id = @CaseId
