SELECT tree_size, note FROM checkpoints ORDER BY tree_size
