-- A version is fixed or taken back once: of an answer, an edit and the deadline the first wins.
UPDATE minutes_versions SET state = @State, settled_at = @Now WHERE case_id = @CaseId AND number = @Number AND state = 'proposed'
