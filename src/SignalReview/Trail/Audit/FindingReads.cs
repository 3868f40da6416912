using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Storage;

namespace SignalReview.Trail.Audit;

/// <param name="Id">The finding.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="State">Where it is.</param>
/// <param name="By">Whose.</param>
/// <param name="At">When it was written.</param>
/// <param name="Text">What was found; null when it was erased.</param>
/// <param name="Question">What the auditor wants to know.</param>
/// <param name="AboutSeq">The event that it is about; null: the case as a whole.</param>
/// <param name="Sample">The sample in which it came up.</param>
/// <param name="Replaces">The finding in whose place it stands.</param>
/// <param name="Replies">Oldest first.</param>
/// <param name="Conclusion">What came of it.</param>
/// <param name="ClosedAt">When that was said.</param>
/// <param name="Can">What the viewer can do with it: replyToFinding, reviseFinding, closeFinding.</param>
public sealed record FindingView(
    Guid Id,
    FindingSeverity Severity,
    FindingState State,
    PersonRef By,
    DateTimeOffset At,
    string? Text,
    string? Question,
    long? AboutSeq,
    Guid? Sample,
    Guid? Replaces,
    IReadOnlyList<FindingReplyView> Replies,
    string? Conclusion,
    DateTimeOffset? ClosedAt,
    IReadOnlySet<string> Can);

public sealed record FindingReplyView(PersonRef By, DateTimeOffset At, string? Text);

/// <param name="Case">The case.</param>
/// <param name="Findings">Newest first.</param>
/// <param name="MayRaise">Whether the viewer can write another.</param>
public sealed record FindingsView(CaseId Case, IReadOnlyList<FindingView> Findings, bool MayRaise);

/// <summary>The findings of one case, for its owner, coordinators and auditors. Reading them is in the trail first.</summary>
internal sealed class FindingReads(IDatabase database, KeyRing keys, PeopleDirectory directory, TimeProvider time)
{
    private const string Shows = "findings";

    /// <exception cref="ReadNotLoggedException">The read could not be written down, so nothing is given.</exception>
    public Task<TrailReadResult<FindingsView>> ReadAsync(Actor actor, CaseId caseId, CancellationToken ct) =>
        BusyRetry.RunAsync(database, time, token => TryReadAsync(actor, caseId, token), ct);

    private async Task<TrailReadResult<FindingsView>> TryReadAsync(Actor actor, CaseId caseId, CancellationToken ct)
    {
        var people = await directory.GetAsync(ct);
        var now = time.GetUtcNow().Truncate();
        await using var db = await database.BeginAsync(ct);
        using var dossier = await Dossier.OpenAsync(db, keys, caseId, ct);
        var file = dossier is null ? null : await CaseStore.LoadAsync(db, caseId, ct);
        var roles = file?.RolesOf(actor);
        if (roles is null || !FindingRules.MayRead(roles))
        {
            var refusal = roles is { Count: > 0 } ? Refusal.NotYours : Refusal.NotFound;
            await ReadLog.RefusedAsync(db, keys, actor, caseId, "ReadFindings", refusal, now, ct);
            return new(null, refusal);
        }

        var replies = (await db.QueryAsync<ReplyRow>("audit/finding_replies", new { CaseId = caseId }, ct)).ToLookup(r => r.FindingId);
        var views = new List<FindingView>();
        foreach (var row in file!.Findings.Reverse())
        {
            var said = new List<FindingReplyView>();
            foreach (var reply in replies[row.FindingId])
            {
                var text = (await TrailBodies.ReadAsync<FindingRepliedBody>(db, dossier!, reply.EventId, ct))?.Text;
                said.Add(new(people.Ref(reply.RepliedById), reply.RepliedAt, text));
            }

            var raised = await TrailBodies.ReadAsync<FindingRaisedBody>(db, dossier!, row.RaisedEvent, ct);
            var closed = row.ClosedEvent is { } id ? await TrailBodies.ReadAsync<FindingClosedBody>(db, dossier!, id, ct) : null;
            views.Add(new(
                row.FindingId, row.Severity, row.State, people.Ref(row.RaisedById), row.RaisedAt, raised?.Text, raised?.Question, row.AboutSeq, row.SampleId,
                row.ReplacesId, said, closed?.Conclusion, row.ClosedAt, Can(file, row, actor)));
        }

        await ReadLog.CaseAsync(db, dossier!, actor, roles, Shows, file.Case.Workflow, now, ct);
        return new(new(caseId, views, FindingRules.MayRaise(actor)), null);
    }

    private static HashSet<string> Can(CaseFile file, FindingRow row, Actor actor)
    {
        var can = new HashSet<string>(StringComparer.Ordinal);
        if (FindingRules.IsOpen(row) && FindingRules.MayReply(file, actor))
        {
            can.Add("replyToFinding");
        }

        if (FindingRules.MayJudge(row, actor))
        {
            can.UnionWith(["reviseFinding", "closeFinding"]);
        }

        return can;
    }

    private sealed record ReplyRow
    {
        public Guid EventId { get; init; }
        public Guid FindingId { get; init; }
        public PersonId RepliedById { get; init; }
        public DateTimeOffset RepliedAt { get; init; }
    }
}
