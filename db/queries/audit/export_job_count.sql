SELECT COUNT(*) FROM export_jobs
