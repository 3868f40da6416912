-- The row count decides who completes a step: the second one finds none.
DELETE FROM open_steps WHERE case_id = @CaseId AND node = @Node
