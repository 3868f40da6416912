-- Judged once.
UPDATE emergency_accesses
SET verdict = @Verdict, reviewed_by_id = @PersonId, reviewed_at = @Now, reviewed_event = @EventId
WHERE access_id = @AccessId AND case_id = @CaseId AND verdict IS NULL AND person_id <> @PersonId
