-- A claim that ran out may have been taken over, and is the other's to settle.
UPDATE anchor_sends
SET state = 'sent', sent_at = @SentAt, receipt = @Receipt, failure = NULL, claimed_by = NULL, claimed_until = NULL
WHERE anchor = @Anchor AND tree_size = @TreeSize AND claimed_by = @Claim AND state = 'waiting'
