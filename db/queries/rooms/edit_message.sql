-- One's own, while the room is open and it still stands: what was retracted meanwhile stays retracted.
UPDATE messages
SET text_event = @EventId, edited_at = @Now
WHERE case_id = @CaseId
  AND event_id = @MessageId
  AND person_id = @PersonId
  AND retracted_at IS NULL
  AND EXISTS (SELECT 1 FROM rooms r WHERE r.case_id = @CaseId AND r.room_phase <> 'harvested')
