SELECT tree_size, at, note
FROM checkpoints
ORDER BY tree_size DESC
LIMIT 1
