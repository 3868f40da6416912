namespace SignalReview.Trail.Checking;

/// <summary>
/// The columns that nothing is held against, and why not. None of them decides what was read, voted or decided; where one matters to somebody, what
/// it came from or led to is an event.
/// </summary>
internal static class NotHeldColumns
{
    /// <summary>Stands for all columns of a table.</summary>
    public const string All = "*";

    private const string People = "It comes from the sign-in service and the settings, and no event tells of it. Who acted, and in which role, stands in each event's header.";
    private const string Workflow = "The workflow's own bookkeeping of what it waits for. What came of a step is an event; a running case's phase is held against the step that waits.";
    private const string Unsaid = "Not said yet: it may be changed and thrown away by its writer, and nothing is read from it.";
    private const string Seen = "Who saw what lately, so that they are not told twice. What was read is an event.";
    private const string Sent = "What is sent, tried again and counted. What was sent proves itself where it lies, and nothing is decided by it.";
    private const string Reckoned = "Reckoned from the calendar or the rules when it was written; the event says when, and what came of it is an event.";
    private const string Order = "A number by which open pages see that there is news, and keep what they show in order. The events have their own.";
    private const string Moment = "When the program did something by itself; nothing is decided by it.";
    private const string Name = "A name that the program gave; the row is recognised by its event.";
    private const string Room = "Where the room is now: its clock, whose turn it is. What was said and voted, and when, is held.";

    public static IReadOnlyList<(string Table, string Column, string Why)> List { get; } =
    [
        ("people", All, People),
        ("person_roles", All, People),
        ("person_expertise", All, People),
        ("teams", All, People),
        ("team_days_off", All, People),
        ("cases", "team", People),
        ("cases", "seq", Order),
        ("drafts", "revision", Unsaid),
        ("drafts", "saved_at", Unsaid),
        ("receipts", All, "Remembers commands, so that one that is sent twice is carried out once. What it did is an event that names it as its cause."),
        ("outbox", All, Sent),
        ("anchor_sends", All, Sent),
        ("live_reads", All, Seen),
        ("mentions", All, Seen),
        ("raised_hands", All, Room),
        ("rooms", "phase_number", Room),
        ("rooms", "phase_ends_at", Room),
        ("rooms", "floor_id", Room),
        ("rooms", "floor_since", Room),
        ("messages", "room_phase", Room),
        ("messages", "seq", Order),
        ("message_edits", "seq", Order),
        ("minutes_notes", "number", Order),
        ("pseudonyms", All, "Which letter stands for whom was drawn by lot, and no event may tell it. Whose a reading or a vote is, is held by its event."),
        ("urns", "key_id", "Another after each ballot, until the urn is opened; then its ballots are held against the event."),
        ("urns", "content", "Under a key that each ballot replaces, so that no copy can be opened beside a running vote; whoever seals the urn opens it."),
        ("attachments", "width", "How the picture is laid out on a page."),
        ("attachments", "height", "How the picture is laid out on a page."),
        ("invitations", "respond_by", Reckoned),
        ("deadlines", All, Workflow),
        ("open_steps", All, Workflow),
        ("workflow_instances", All, Workflow),
        ("flow_runs", All, Workflow),
        ("flow_asks", All, Workflow),
        ("case_methods", "case_id", "Which case the copy is of; the event that opens its room names method, version and fingerprint."),
        ("workflow_definitions", "first_used_at", Moment),
        ("schema_migrations", "applied_at", Moment),
        ("emergency_accesses", "access_id", Name),
        ("findings", "finding_id", Name),
        ("findings", "replaces_id", Name),
        ("finding_replies", "finding_id", Name),
        ("samples", "sample_id", Name),
        ("erasures", "interests", "What was weighed goes with the case's words; its sum stands in the erasure's own event."),
        ("erasures", "ended_share", "Names a key that is gone."),
        ("erasures", "reapplied_at", Moment),
        ("erasures", "destroyed_at", Moment),
        ("retention_rule_sets", "loaded_at", Moment),
        ("retention_clock", All, Moment),
        ("retention_cases", "case_seq", Order),
        ("retention_cases", "ground_by", Reckoned),
        ("retention_cases", "counted_from", Reckoned),
        ("retention_cases", "notice_on", Reckoned),
        ("retention_cases", "action", Reckoned),
        ("retention_cases", "reckoned_at", Moment),
        ("retention_cases", "seen_from", Reckoned),
        ("retention_cases", "notice_seconds", Reckoned),
        ("retention_cases", "failures", Sent),
        ("retention_cases", "retry_at", Sent),
        ("access_requests", "rules_sha256", "The event names the rules by their label."),
        ("access_files", "revision", Order),
        ("access_files", "expires_at", Reckoned),
        ("export_jobs", "host", Sent),
        ("export_jobs", "lease_until", Sent),
        ("export_jobs", "attempts", Sent),
        ("export_jobs", "done_events", Sent),
        ("export_jobs", "total_events", Sent),
        ("export_jobs", "finished_at", Moment),
        ("export_jobs", "expires_at", Reckoned),
    ];
}
