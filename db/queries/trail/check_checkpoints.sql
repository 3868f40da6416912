SELECT tree_size, at, note
FROM checkpoints
WHERE tree_size > @After
ORDER BY tree_size
LIMIT @Take
