SELECT hold_id, case_id, ground, until_on, placed_by_id, placed_at, placed_event, lifted_by_id, lifted_at, lifted_event
FROM legal_holds
WHERE case_id = @CaseId
ORDER BY placed_at
