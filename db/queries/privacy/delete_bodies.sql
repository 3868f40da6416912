DELETE FROM trail_bodies WHERE case_id = @CaseId
