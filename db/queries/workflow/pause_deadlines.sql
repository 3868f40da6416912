-- What is paused keeps its due_at: how much time was left is what lies between the two.
UPDATE deadlines SET state = 'paused', paused_at = @Now WHERE case_id = @CaseId AND node = @Node AND state = 'open'
