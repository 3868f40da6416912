UPDATE questions SET answered_at = @Now, answered_event = @AnsweredEvent
WHERE case_id = @CaseId AND question_id = @QuestionId AND answered_at IS NULL
