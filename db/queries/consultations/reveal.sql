UPDATE cases SET revealed_at = @Now, reveal_reason = @Reason WHERE case_id = @CaseId AND revealed_at IS NULL
