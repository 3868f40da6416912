UPDATE flow_asks
SET completion = @Completion, outcome = @Outcome, outputs = @Outputs
WHERE case_id = @CaseId AND run = @Run AND node = @Node AND completion IS NULL
