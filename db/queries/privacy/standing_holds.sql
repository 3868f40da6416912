SELECT COUNT(*) FROM legal_holds WHERE case_id = @CaseId AND lifted_at IS NULL AND (until_on IS NULL OR until_on >= @Today)
