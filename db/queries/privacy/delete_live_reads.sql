DELETE FROM live_reads WHERE case_id = @CaseId
