SELECT COUNT(*) FROM dossiers WHERE key_id <> @KeyId
