SELECT json FROM workflow_definitions WHERE sha256 = @Sha256
