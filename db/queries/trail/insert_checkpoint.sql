-- Two exports may sign the same tree; the first note stays.
INSERT INTO checkpoints (tree_size, at, note)
SELECT @TreeSize, @At, @Note
WHERE NOT EXISTS (SELECT 1 FROM checkpoints WHERE tree_size = @TreeSize)
