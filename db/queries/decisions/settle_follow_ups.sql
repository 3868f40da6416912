-- What was proposed with a decision goes the decision's way.
UPDATE follow_ups SET state = @State WHERE case_id = @CaseId AND state = 'proposed'
