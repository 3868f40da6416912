SELECT case_id, COUNT(*) AS findings
FROM findings
WHERE sample_id = @SampleId AND state <> 'superseded'
GROUP BY case_id
