SELECT MAX(tree_size) FROM checkpoints
