SELECT MAX(queued_at) FROM anchor_sends WHERE anchor = @Anchor
