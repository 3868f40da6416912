-- The row count decides between the last ballot, the deadline and the facilitator: a round is revealed once.
UPDATE vote_rounds
SET revealed_at = @Now, reveal_reason = @Reason, missing_roles = @MissingRoles
WHERE case_id = @CaseId AND round = @Round AND revealed_at IS NULL
