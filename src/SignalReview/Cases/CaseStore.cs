using System.Collections.Frozen;
using SignalReview.Rooms;
using SignalReview.Rooms.Methods;
using SignalReview.Storage;

namespace SignalReview.Cases;

/// <summary>Loads a case as it stands.</summary>
internal static class CaseStore
{
    /// <summary>A draft has nothing else yet.</summary>
    private static readonly FrozenSet<string> OfDraft = new[] { "attachments", "open_steps" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> OfCase = new[]
    {
        "case_tags", "additions", "invitations", "questions", "interpretations", "rooms", "attendance", "messages", "vote_rounds", "ballots",
        "decisions", "dissents", "follow_ups", "reviews", "attachments", "open_steps", "case_methods", "raised_hands",
        "message_edits", "mentions", "minutes_notes", "minutes_versions", "minutes_answers",
        "missing_checks", "enquiries", "emergency_accesses", "findings",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Only a case whose people are not named has any.</summary>
    private static readonly FrozenSet<string> OfUnnamed = new[] { "pseudonyms", "urns", "urn_ballots" }.ToFrozenSet(StringComparer.Ordinal);

    /// <returns>Null when there is no such case.</returns>
    public static async Task<CaseFile?> LoadAsync(DbSession db, CaseId id, CancellationToken ct)
    {
        var row = await db.FirstOrDefaultAsync<CaseRow>("cases/get", new { CaseId = id }, ct);
        if (row is null)
        {
            return null;
        }

        var empty = new CaseFile(row, [], [], [], [], [], null, [], [], [], [], [], [], [], [], []);
        var file = await RefreshAsync(db, empty, row.Phase is CasePhase.Draft ? OfDraft : OfCase, ct);
        return file is { ReadingAnonymity: Anonymity.Named, VoteAnonymity: Anonymity.Named } ? file : await RefreshAsync(db, file, OfUnnamed, ct);
    }

    /// <summary>Reads again what lies in these tables. The rest must be as it is stored.</summary>
    public static async Task<CaseFile> RefreshAsync(DbSession db, CaseFile file, IReadOnlySet<string> tables, CancellationToken ct)
    {
        var key = new { CaseId = file.Id };
        var fresh = file with
        {
            Case = tables.Contains("cases") ? await db.ScalarAsync<CaseRow>("cases/get", key, ct) : file.Case,
            Tags = await RowsAsync("case_tags", "cases/tags", file.Tags),
            Additions = await RowsAsync("additions", "cases/additions", file.Additions),
            Invitations = await RowsAsync("invitations", "cases/invitations", file.Invitations),
            Questions = await RowsAsync("questions", "cases/questions", file.Questions),
            Interpretations = await RowsAsync("interpretations", "cases/interpretations", file.Interpretations),
            Room = tables.Contains("rooms") ? await db.RecallAsync<RoomRow>("cases/room", file.Id.Value, key, ct) is [var room, ..] ? room : null : file.Room,
            Attendance = await RowsAsync("attendance", "cases/attendance", file.Attendance),
            Messages = await RowsAsync("messages", "cases/messages", file.Messages),
            Rounds = await RowsAsync("vote_rounds", "cases/vote_rounds", file.Rounds),
            Ballots = await RowsAsync("ballots", "cases/ballots", file.Ballots),
            Decisions = await RowsAsync("decisions", "cases/decisions", file.Decisions),
            Dissents = await RowsAsync("dissents", "cases/dissents", file.Dissents),
            FollowUps = await RowsAsync("follow_ups", "cases/follow_ups", file.FollowUps),
            Reviews = await RowsAsync("reviews", "cases/reviews", file.Reviews),
            MissingChecks = await RowsAsync("missing_checks", "cases/missing_checks", file.MissingChecks),
            Enquiries = await RowsAsync("enquiries", "cases/enquiries", file.Enquiries),
            Images = await RowsAsync("attachments", "cases/images", file.Images),
            Pseudonyms = await RowsAsync("pseudonyms", "anonymity/pseudonyms", file.Pseudonyms),
            Urns = await RowsAsync("urns", "anonymity/urns", file.Urns),
            UrnBallots = await RowsAsync("urn_ballots", "anonymity/urn_ballots", file.UrnBallots),
            Emergencies = await RowsAsync("emergency_accesses", "audit/emergencies", file.Emergencies),
            Findings = await RowsAsync("findings", "audit/findings", file.Findings),
            OpenSteps = await RowsAsync("open_steps", "cases/open_steps", file.OpenSteps),
            CopiedMethod = tables.Contains("case_methods") ? await MethodAsync() : file.CopiedMethod,
        };
        // Where there is no room there is no talk: most cases are spared these.
        return fresh.Room is null ? fresh : fresh with
        {
            Hands = await RowsAsync("raised_hands", "cases/hands", file.Hands),
            Edits = fresh.Messages.Count == 0 ? [] : await RowsAsync("message_edits", "cases/message_edits", file.Edits),
            Mentions = fresh.Messages.Count == 0 ? [] : await RowsAsync("mentions", "cases/mentions", file.Mentions),
            MinutesNotes = await RowsAsync("minutes_notes", "cases/minutes_notes", file.MinutesNotes),
            MinutesVersions = await RowsAsync("minutes_versions", "cases/minutes_versions", file.MinutesVersions),
            MinutesAnswers = await RowsAsync("minutes_answers", "cases/minutes_answers", file.MinutesAnswers),
        };

        async Task<IReadOnlyList<T>> RowsAsync<T>(string table, string query, IReadOnlyList<T> known) =>
            tables.Contains(table) ? await db.RecallAsync<T>(query, file.Id.Value, key, ct) : known;

        async Task<RoomMethod?> MethodAsync() =>
            await db.RecallAsync<MethodRow>("cases/method", file.Id.Value, key, ct) is [var row, ..] ? MethodLibrary.Copy(row.Sha256, row.Json) : null;
    }

    private sealed record MethodRow
    {
        public string Sha256 { get; init; } = "";
        public string Json { get; init; } = "";
    }
}
