SELECT case_id, key_id, wrapped_key
FROM dossiers
WHERE key_id <> @KeyId
ORDER BY key_id
OFFSET 0 ROWS FETCH NEXT 200 ROWS ONLY
