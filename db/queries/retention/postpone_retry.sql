UPDATE retention_cases SET failures = failures + 1, retry_at = @RetryAt WHERE case_id = @CaseId
