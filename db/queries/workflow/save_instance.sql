UPDATE workflow_instances SET flow_state = @FlowState, updated_at = @At WHERE case_id = @CaseId
