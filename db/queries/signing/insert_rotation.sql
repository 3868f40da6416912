-- Several hosts may tell of the same rotation: the first does.
INSERT INTO key_rotations (new_key, tree_size, at, event_id, note)
SELECT @NewKey, @TreeSize, @At, @Id, @Note
WHERE NOT EXISTS (SELECT 1 FROM key_rotations WHERE new_key = @NewKey)
