-- Running, or over and not yet heard of.
SELECT case_id, run FROM flow_runs WHERE state = 'running' OR changes > applied
