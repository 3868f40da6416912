SELECT node_index, hash
FROM trail_nodes
WHERE level = @Level AND node_index >= @From AND node_index < @Until
ORDER BY node_index
