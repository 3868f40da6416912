-- Due before @Before and not fired: how many, since when, and how many of them are tried and end in a fault. One whose next try is long past is
-- not tried any more.
SELECT COUNT(*) AS overdue, MIN(due_at) AS oldest, COUNT(CASE WHEN failures > 0 AND retry_at >= @Before THEN 1 END) AS failing
FROM deadlines
WHERE state = 'open' AND due_at < @Before
