-- A later look back compares anew, and a last word was about the earlier one.
UPDATE dissents
SET compared_event = @EventId, compared_at = @Now, closing_event = NULL
WHERE case_id = @CaseId AND statement_event = @StatementEvent
