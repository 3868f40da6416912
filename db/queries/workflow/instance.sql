SELECT sha256, flow_state FROM workflow_instances WHERE case_id = @CaseId
