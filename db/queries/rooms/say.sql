INSERT INTO messages (event_id, case_id, person_id, room_phase, seq, said_at, kind, reply_to, anchor_kind, anchor_id)
SELECT @EventId, r.case_id, @PersonId, r.room_phase, @Seq, @Now, @Kind, @ReplyTo, @AnchorKind, @AnchorId
FROM rooms r
WHERE r.case_id = @CaseId AND r.room_phase <> 'harvested'
