UPDATE cases SET workflow = @Workflow, workflow_sha256 = @WorkflowSha256 WHERE case_id = @CaseId
