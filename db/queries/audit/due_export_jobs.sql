SELECT job_id FROM export_jobs WHERE state = 'ready' AND expires_at <= @Now
