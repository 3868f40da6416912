SELECT question_id, asked_by_id, asked_at, asked_event, answered_at, answered_event, helped
FROM questions
WHERE case_id = @CaseId
ORDER BY asked_at
