-- A failure or two in a row is a slow moment; more is a case that does not go on.
SELECT COUNT(*) FROM flow_runs WHERE changes > applied AND failures >= @Failures
