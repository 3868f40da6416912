INSERT INTO workflow_instances (case_id, sha256, flow_state, updated_at) VALUES (@CaseId, @Sha256, @FlowState, @At)
