INSERT INTO messages (event_id, case_id, person_id, room_phase, seq, said_at)
SELECT @EventId, r.case_id, @PersonId, r.room_phase, @Seq, @Now
FROM rooms r
WHERE r.case_id = @CaseId AND r.room_phase <> 'harvested'
