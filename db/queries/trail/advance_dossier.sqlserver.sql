-- Takes the dossier's next numbers; additive, so that readers and writers of one case never overwrite each other's.
UPDATE dossiers SET trail_seq = trail_seq + @Count OUTPUT inserted.trail_seq WHERE case_id = @CaseId
