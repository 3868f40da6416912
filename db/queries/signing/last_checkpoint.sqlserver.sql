SELECT tree_size, at, note
FROM checkpoints
ORDER BY tree_size DESC
OFFSET 0 ROWS FETCH NEXT 1 ROWS ONLY
