-- The one that lasts longest; without an end longest of all.
SELECT hold_id, until_on AS until
FROM legal_holds
WHERE case_id = @CaseId AND lifted_at IS NULL AND (until_on IS NULL OR until_on >= @Today)
ORDER BY CASE WHEN until_on IS NULL THEN 0 ELSE 1 END, until_on DESC
