-- Takes the case for this command: the row stays locked until the commit, so commands on one case go one after another.
UPDATE cases SET seq = seq + 1 WHERE case_id = @CaseId
