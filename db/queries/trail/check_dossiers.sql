SELECT case_id, trail_seq, key_id, wrapped_key, share_id
FROM dossiers
WHERE @First = 1 OR case_id > @After
ORDER BY case_id
LIMIT @Take
