SELECT key_id, content FROM urns WHERE case_id = @CaseId AND round = @Round
