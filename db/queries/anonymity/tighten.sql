UPDATE cases SET reading_anonymity = @Readings, vote_anonymity = @Votes WHERE case_id = @CaseId
