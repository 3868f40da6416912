SELECT anchor, tree_size, note, attempts
FROM anchor_sends
WHERE state = 'waiting' AND next_at <= @Now AND (claimed_until IS NULL OR claimed_until <= @Now)
ORDER BY tree_size, anchor
LIMIT 20
