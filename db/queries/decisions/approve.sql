-- Four eyes, once more: neither who decided nor who owns the case approves, whatever was judged before.
UPDATE decisions
SET state = 'approved', judged_at = @Now, judged_event = @EventId
WHERE case_id = @CaseId AND number = @Number AND state = 'proposed' AND approver_id = @PersonId AND decided_by_id <> @PersonId
  AND NOT EXISTS (SELECT 1 FROM cases c WHERE c.case_id = @CaseId AND c.owner_id = @PersonId)
