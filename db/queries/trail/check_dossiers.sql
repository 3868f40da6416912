SELECT case_id, trail_seq FROM dossiers ORDER BY case_id
