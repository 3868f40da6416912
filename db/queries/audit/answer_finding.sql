-- A second reply, by the owner after the coordinator, changes nothing here.
UPDATE findings SET state = 'answered' WHERE finding_id = @FindingId AND case_id = @CaseId AND state IN ('open', 'answered')
