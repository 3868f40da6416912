SELECT case_id, run, sha256, inputs, state, changes, applied, failures FROM flow_runs WHERE case_id = @CaseId AND run = @Run
