INSERT INTO outbox (case_id, seq, payload, at) VALUES (@CaseId, @Seq, @Payload, @At)
