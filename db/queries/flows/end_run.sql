-- An ended run is ended once; the engine hears of it like of any other change.
UPDATE flow_runs SET state = @State, changes = changes + 1 WHERE case_id = @CaseId AND run = @Run AND state = 'running'
