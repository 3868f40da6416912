SELECT failure
FROM anchor_sends
WHERE anchor = @Anchor AND state = 'waiting' AND failure IS NOT NULL
ORDER BY next_at DESC
OFFSET 0 ROWS FETCH NEXT 1 ROWS ONLY
