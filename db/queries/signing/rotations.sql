SELECT new_key FROM key_rotations ORDER BY tree_size
