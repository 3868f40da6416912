UPDATE cases SET review_on = @ReviewOn WHERE case_id = @CaseId
