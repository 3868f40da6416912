INSERT INTO questions (question_id, case_id, asked_by_id, asked_at, asked_event)
VALUES (@QuestionId, @CaseId, @AskedById, @AskedAt, @AskedEvent)
