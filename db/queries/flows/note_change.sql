UPDATE flow_runs SET changes = changes + 1 WHERE case_id = @CaseId AND run = @Run
