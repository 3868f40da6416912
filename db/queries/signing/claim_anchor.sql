-- Two hosts may see the same row due: the second finds it claimed here, and its row count is 0.
UPDATE anchor_sends
SET claimed_by = @Claim, claimed_until = @Until
WHERE anchor = @Anchor AND tree_size = @TreeSize AND state = 'waiting' AND (claimed_until IS NULL OR claimed_until <= @Now)
