SELECT case_id, key_id, wrapped_key
FROM dossiers
WHERE key_id <> @KeyId
ORDER BY trail_seq
OFFSET 0 ROWS FETCH NEXT 200 ROWS ONLY
