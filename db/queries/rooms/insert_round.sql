INSERT INTO vote_rounds (case_id, round, quorum, options, opened_at, due_at, revealed_at, reveal_reason)
VALUES (@CaseId, @Round, @Quorum, @Options, @Now, @DueAt, NULL, NULL)
