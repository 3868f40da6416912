SELECT COUNT(*) FROM checkpoints WHERE tree_size = @TreeSize
