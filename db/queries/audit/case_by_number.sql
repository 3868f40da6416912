-- The end of the id, as pages name a case whose title may not show. Two rows are enough to know that it is not unique.
SELECT case_id FROM cases WHERE substr(case_id, -6) = @Number AND phase <> 'draft' LIMIT 2
