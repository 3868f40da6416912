-- Nodes that a tree of this size cannot have.
SELECT node_index
FROM trail_subtrees
WHERE (level = @Level AND (node_index >= @Complete OR node_index < 0)) OR (@Last = 1 AND (level < 0 OR level > @Level))
ORDER BY node_index
