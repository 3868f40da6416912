SELECT hash FROM trail_subtrees WHERE level = @Level AND node_index = @NodeIndex
