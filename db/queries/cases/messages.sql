SELECT event_id, person_id, room_phase, seq, said_at, kind, reply_to, anchor_kind, anchor_id,
       text_event, edited_at, retracted_at, retracted_by_id, retracted_event
FROM messages
WHERE case_id = @CaseId
ORDER BY seq
