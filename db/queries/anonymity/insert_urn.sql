INSERT INTO urns (case_id, round, key_id, content, sealed_event) VALUES (@CaseId, @Round, @KeyId, @Content, NULL)
