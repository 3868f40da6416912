INSERT INTO anchor_sends (anchor, tree_size, kind, note, state, queued_at, next_at, attempts)
SELECT @Anchor, @TreeSize, @Kind, @Note, 'waiting', @QueuedAt, @QueuedAt, 0
WHERE NOT EXISTS (SELECT 1 FROM anchor_sends WHERE anchor = @Anchor AND tree_size = @TreeSize)
