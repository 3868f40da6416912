-- A decision that was returned never stood: it stays what it was.
UPDATE decisions SET state = 'superseded' WHERE case_id = @CaseId AND number < @Number AND state IN ('immediate', 'approved')
