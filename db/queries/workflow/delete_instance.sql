DELETE FROM workflow_instances WHERE case_id = @CaseId
