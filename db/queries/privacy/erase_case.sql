-- What is stored in the clear of the signal goes as well; where the case was, who had a part in it and how it ended stay.
UPDATE cases
SET erased_at = @Now,
    phase = CASE WHEN phase = 'draft' THEN 'withdrawn' ELSE phase END,
    subject_kind = NULL, age_band = NULL, platform = NULL, visibility = NULL, access_route = NULL
WHERE case_id = @CaseId AND erased_at IS NULL
