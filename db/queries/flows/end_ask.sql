UPDATE flow_asks SET ended_at = @At WHERE case_id = @CaseId AND run = @Run AND ask = @Ask AND completion IS NULL AND ended_at IS NULL
