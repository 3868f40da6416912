SELECT MAX(queued_at) AS queued_at, MAX(tree_size) AS tree_size FROM anchor_sends WHERE anchor = @Anchor
