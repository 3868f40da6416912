INSERT INTO open_steps (case_id, node, activity, inputs, asked_at, due_at) VALUES (@CaseId, @Node, @Activity, @Inputs, @AskedAt, @DueAt)
