SELECT anchor,
       SUM(CASE WHEN state = 'waiting' THEN 1 ELSE 0 END) AS waiting,
       MIN(CASE WHEN state = 'waiting' THEN queued_at END) AS oldest_waiting,
       MAX(sent_at) AS last_sent
FROM anchor_sends
GROUP BY anchor
