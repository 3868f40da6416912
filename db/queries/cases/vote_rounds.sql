SELECT round, quorum, options, method, proposal, required_roles, missing_roles, opened_at, due_at, revealed_at, reveal_reason
FROM vote_rounds
WHERE case_id = @CaseId
ORDER BY round
