SELECT
    COALESCE((SELECT MAX(tree_size) FROM checkpoints), 0) AS signed,
    COALESCE((SELECT MAX(tree_size) FROM anchor_sends WHERE state = 'sent'), 0) AS anchored
