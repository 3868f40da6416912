-- What tells of reading, refusing and keeping is no activity in the case.
SELECT c.case_id, c.seq, c.phase, c.phase_since, c.subject_kind, c.age_band, c.created_at, c.submitted_at, c.submission_event, c.closed_at, d.outcome,
       (SELECT MAX(w.saved_at) FROM drafts w WHERE w.case_id = c.case_id) AS last_draft,
       (SELECT MAX(e.at) FROM trail_events e
        WHERE e.case_id = c.case_id AND e.type NOT IN ('case.read', 'command.refused') AND e.type NOT LIKE 'trail.%' AND e.type NOT LIKE 'retention.%'
              AND e.type NOT LIKE 'access.%' AND e.type NOT LIKE 'hold.%' AND e.type NOT LIKE 'erasure.%' AND e.type NOT LIKE 'finding.%'
              AND e.type NOT LIKE 'emergency.%' AND e.type NOT LIKE 'export.%') AS last_event
FROM cases c
LEFT JOIN decisions d ON d.case_id = c.case_id
     AND d.number = (SELECT MAX(x.number) FROM decisions x WHERE x.case_id = c.case_id AND x.state IN ('approved', 'immediate'))
WHERE c.case_id = @CaseId AND c.erased_at IS NULL
