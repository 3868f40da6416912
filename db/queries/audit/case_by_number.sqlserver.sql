-- The end of the id, as pages name a case whose title may not show. Two rows are enough to know that it is not unique.
SELECT TOP (2) case_id FROM cases WHERE RIGHT(LOWER(CONVERT(VARCHAR(36), case_id)), 6) = CAST(@Number AS VARCHAR(6)) AND phase <> 'draft'
