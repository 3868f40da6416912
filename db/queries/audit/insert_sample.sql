INSERT INTO samples (sample_id, made_by_id, made_at, made_event, seed, unit, amount, strata, population, drawn, tree_size)
VALUES (@SampleId, @PersonId, @Now, @EventId, @Seed, @Unit, @Amount, @Strata, @Population, @Drawn, @TreeSize)
