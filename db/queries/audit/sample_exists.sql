SELECT sample_id FROM samples WHERE sample_id = @SampleId
