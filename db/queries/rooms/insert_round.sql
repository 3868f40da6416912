INSERT INTO vote_rounds (case_id, round, quorum, options, method, proposal, required_roles, opened_at, due_at, revealed_at, reveal_reason)
VALUES (@CaseId, @Round, @Quorum, @Options, @Method, @Proposal, @RequiredRoles, @Now, @DueAt, NULL, NULL)
