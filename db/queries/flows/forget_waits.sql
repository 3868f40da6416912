UPDATE flow_asks SET wait_id = NULL WHERE case_id = @CaseId AND run = @Run
