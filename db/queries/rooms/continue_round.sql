-- Too few had voted: the round goes on, and so do the ballots that are in.
UPDATE vote_rounds SET quorum = @Quorum, due_at = @DueAt WHERE case_id = @CaseId AND round = @Round AND revealed_at IS NULL
