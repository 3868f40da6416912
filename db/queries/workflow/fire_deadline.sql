-- Fires once, also when two processes see it due: the row count decides.
UPDATE deadlines SET state = 'fired', settled_at = @Now WHERE deadline_id = @DeadlineId AND state = 'open'
