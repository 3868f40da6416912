SELECT COALESCE(MAX(completion), 0) FROM flow_asks WHERE case_id = @CaseId AND run = @Run
