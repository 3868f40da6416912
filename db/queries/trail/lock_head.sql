-- Locks the one-row head until the commit; done last, so that transactions wait for each other as briefly as can be.
UPDATE trail_head SET size = size WHERE log = @Log RETURNING size, frontier
