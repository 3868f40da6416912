-- A vote's own due date follows its step's.
UPDATE vote_rounds SET due_at = @DueAt WHERE case_id = @CaseId AND revealed_at IS NULL
