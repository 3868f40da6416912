SELECT anchor, kind, tree_size, note, sent_at, receipt
FROM anchor_sends
WHERE state = 'sent' AND tree_size <= @Size AND (@Kind IS NULL OR kind = @Kind)
ORDER BY tree_size DESC, anchor
OFFSET 0 ROWS FETCH NEXT 50 ROWS ONLY
