SELECT hold_id, case_id, ground, until_on, placed_by_id, placed_at, placed_event, lifted_by_id, lifted_at, lifted_event
FROM legal_holds
ORDER BY CASE WHEN lifted_at IS NULL THEN 0 ELSE 1 END, placed_at DESC
LIMIT @Take OFFSET @Skip
