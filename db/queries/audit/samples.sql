SELECT sample_id, made_by_id, made_at, made_event, seed, unit, amount, strata, population, drawn, tree_size
FROM samples
ORDER BY made_at DESC
LIMIT @Take OFFSET @Skip
