SELECT event_id, person_id, room_phase, seq, said_at FROM messages WHERE case_id = @CaseId ORDER BY seq
