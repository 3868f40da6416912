SELECT activity FROM open_steps WHERE case_id = @CaseId
