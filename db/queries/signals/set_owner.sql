UPDATE cases SET owner_id = @OwnerId WHERE case_id = @CaseId
