SELECT case_id, trail_seq FROM dossiers
