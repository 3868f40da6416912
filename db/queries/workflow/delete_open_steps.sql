DELETE FROM open_steps WHERE case_id = @CaseId
