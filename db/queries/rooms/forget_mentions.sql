-- Nobody is called to what no longer mentions them; the events keep who was mentioned.
DELETE FROM mentions WHERE case_id = @CaseId AND message_id = @MessageId AND seen_at IS NULL
