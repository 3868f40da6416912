UPDATE questions SET helped = @Helped WHERE case_id = @CaseId AND question_id = @QuestionId
