SELECT seq, payload
FROM outbox
WHERE case_id = @CaseId AND seq > @Seq
ORDER BY seq
