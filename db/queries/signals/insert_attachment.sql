INSERT INTO attachments (attachment_id, case_id, event_id, added_by_id, added_at, width, height, original_sha256, kept_sha256, content)
VALUES (@AttachmentId, @CaseId, @EventId, @AddedById, @AddedAt, @Width, @Height, @OriginalSha256, @KeptSha256, @Content)
