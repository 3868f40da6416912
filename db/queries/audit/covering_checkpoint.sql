SELECT tree_size, note FROM checkpoints
WHERE tree_size = (SELECT MIN(k.tree_size) FROM checkpoints k WHERE k.tree_size > @LeafIndex)
