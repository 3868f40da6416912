UPDATE findings SET state = 'superseded'
WHERE finding_id = @FindingId AND case_id = @CaseId AND raised_by_id = @PersonId AND state IN ('open', 'answered')
