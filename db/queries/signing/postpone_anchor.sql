UPDATE anchor_sends
SET attempts = attempts + 1, failure = @Failure, next_at = @NextAt, claimed_by = NULL, claimed_until = NULL
WHERE anchor = @Anchor AND tree_size = @TreeSize AND claimed_by = @Claim AND state = 'waiting'
