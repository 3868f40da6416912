UPDATE flow_asks SET wait_id = @WaitId WHERE case_id = @CaseId AND run = @Run AND ask = @Ask AND wait_id IS NULL
