-- As long as the version lies for approval, and its time is not up.
UPDATE minutes_answers
SET agrees = @Agrees, answered_at = @Now, event_id = @EventId
WHERE case_id = @CaseId
  AND number = @Number
  AND person_id = @PersonId
  AND EXISTS (SELECT 1 FROM minutes_versions v
              WHERE v.case_id = @CaseId AND v.number = @Number AND v.state = 'proposed' AND v.due_at >= @Now)
