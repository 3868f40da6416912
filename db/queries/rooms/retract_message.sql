-- Once: of two who retract it, the first stands.
UPDATE messages
SET retracted_at = @Now, retracted_by_id = @PersonId, retracted_event = @EventId
WHERE case_id = @CaseId AND event_id = @MessageId AND retracted_at IS NULL
