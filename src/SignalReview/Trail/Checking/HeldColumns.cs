using SignalReview.Trail.Checking.State;

namespace SignalReview.Trail.Checking;

/// <summary>
/// Every column of every table, by what it is held against: the tree (here), a document's fingerprint (here), the dossier's key (here), the events
/// (<see cref="StateMap"/>), or nothing, with why (<see cref="NotHeldColumns"/>). A test holds the five against the migrated schema.
/// </summary>
internal static class HeldColumns
{
    /// <summary>The trail's own tables.</summary>
    public static IReadOnlyDictionary<string, string[]> Trail { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["trail_events"] = ["leaf_index", "event_id", "case_id", "case_seq", "type", "actor_id", "at", "leaf", "leaf_hash"],
        ["trail_bodies"] = ["event_id", "case_id", "body"],
        ["trail_subtrees"] = ["level", "node_index", "hash"],
        ["trail_head"] = ["log", "size", "frontier"],
        ["dossiers"] = ["case_id", "key_id", "wrapped_key", "share_id"],
        ["checkpoints"] = ["tree_size", "at", "note"],
    };

    /// <summary>Documents beside their fingerprint.</summary>
    public static IReadOnlyDictionary<string, string[]> Documents { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["workflow_definitions"] = ["sha256", "definition", "version", "json"],
        ["case_methods"] = ["method", "version", "sha256", "json"],
        ["retention_rule_sets"] = ["sha256", "rule_set", "version", "json"],
        ["schema_migrations"] = ["number", "name", "sha256"],
        ["cases"] = ["workflow_sha256"],
    };

    /// <summary>Content under the dossier's key, and what it is bound to. Of a draft and of an access file an earlier save of the same one would open too.</summary>
    public static IReadOnlyDictionary<string, string[]> Sealed { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["attachments"] = ["attachment_id", "kept_sha256", "content"],
        ["drafts"] = ["case_id", "person_id", "kind", "content"],
        ["access_files"] = ["file_id", "marks", "page", "data"],
    };

    /// <summary>Of these an event says only sometimes what they hold, or only what they cannot.</summary>
    public static IReadOnlyList<(string Table, string Column, string Why)> InPart { get; } =
    [
        ("checkpoints", "at", "No note holds a time. That it was not kept before its last event is checked; when it was at the latest, only an anchor outside proves."),
        ("cases", "phase_since", "While a case runs, only that it is the time of one of its events."),
        ("rooms", "room_phase", "Which talk of its method a room is in follows from the method; that it votes, shows votes or is closed is checked."),
        ("retention_cases", "state", "What the sweep does by itself between two events is not told."),
        ("retention_cases", "notice_event", "Which notice still stands after a new reckoning follows from the rules."),
        ("retention_cases", "noticed_at", "Which notice still stands after a new reckoning follows from the rules."),
        ("retention_cases", "objection_event", "Which objection still stands after a new reckoning follows from the rules."),
        ("retention_cases", "objected_by_id", "Which objection still stands after a new reckoning follows from the rules."),
        ("retention_cases", "objected_until", "Which objection still stands after a new reckoning follows from the rules."),
        ("retention_cases", "postponed_until", "Only once it was postponed."),
        ("retention_rule_sets", "activated_by_id", "Only once they were let in."),
        ("retention_rule_sets", "activated_at", "Only once they were let in."),
        ("export_jobs", "state", "What the builder does between two events is not told."),
    ];

    /// <summary>The state, held against what the events tell.</summary>
    public static IReadOnlyDictionary<string, string[]> State { get; } =
        StateMap.Tables.ToDictionary(t => t.Name, t => (string[])[.. StateMap.Columns(t), .. t is { Dossier: { } dossier, By: null } ? [dossier] : Array.Empty<string>()], StringComparer.Ordinal);
}
