-- The first ballot freezes the method and what may be chosen, also one that landed a moment ago.
UPDATE vote_rounds
SET method = @Method, proposal = @Proposal, options = @Options
WHERE case_id = @CaseId AND round = @Round AND revealed_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM ballots b WHERE b.case_id = @CaseId AND b.round = @Round)
