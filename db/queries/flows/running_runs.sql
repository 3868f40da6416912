SELECT case_id, run FROM flow_runs WHERE state = 'running'
