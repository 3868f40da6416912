using System.Runtime.CompilerServices;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Storage;
using SignalReview.Trail.Audit;
using SignalReview.Trail.Bundles;

namespace SignalReview.Trail;

/// <param name="Reason">Why the trail leaves the product; required, and itself in the trail.</param>
/// <param name="Language">"nl" or "en", for the report.</param>
/// <param name="Since">The signed checkpoint of an earlier bundle; its consistency with this one is then proved too.</param>
public sealed record TrailExportRequest(string Reason, string Language = "nl", string? Since = null)
{
    /// <summary>What is left out: "full", "noBodies" or "noThirdParties".</summary>
    public string Profile { get; init; } = "full";
}

/// <param name="Bundle">Null when refused. Dispose it when it was sent: that deletes the file.</param>
/// <param name="Refusal">Null when there is a bundle.</param>
internal sealed record TrailExportResult(TrailBundle? Bundle, Refusal? Refusal);

/// <summary>A bundle in a temporary file that is gone with the handle.</summary>
/// <param name="Content">The zip, from its start.</param>
/// <param name="FileName">To save it under.</param>
/// <param name="Events">How many events are in it.</param>
internal sealed record TrailBundle(Stream Content, string FileName, long Events) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}

/// <summary>The body of <c>trail.exported</c>.</summary>
/// <param name="Scope">As bag-info.txt has it.</param>
/// <param name="Reason">Why.</param>
/// <param name="Client">By which door.</param>
internal sealed record TrailExportedBody(string Scope, string Reason, string Client)
{
    public string Profile { get; init; } = "full";

    /// <summary>Of a period.</summary>
    public string? Period { get; init; }

    /// <summary>The export job that asked for it, when there was one.</summary>
    public Guid? Job { get; init; }

    /// <summary>In the organisation's dossier: how many cases were told.</summary>
    public long? Cases { get; init; }
}

/// <summary>
/// Exports the trail of one case as a bundle that can be verified without us. The export is an event itself, the last one in its bundle, and
/// is committed before a byte is given out. Entries that were not revealed keep their bodies back; their headers and proofs are there.
/// </summary>
internal sealed class TrailExport(IDatabase database, KeyRing keys, ExportDesk desk, RangeExport ranges, ExportPolicy policy, TimeProvider time)
{
    private const long Step = 1000;
    private const int Attempts = 3;

    /// <summary>
    /// An auditor always; the owner when nothing of it is blind, and nothing was written under a letter. Headers tell who handed in when: somebody
    /// who is in the case, or runs it, waits for the reveal, and never takes away who is behind a letter.
    /// </summary>
    public static bool MayExport(IReadOnlySet<CaseRole> roles, TrailReadsBlind blind) =>
        TrailReads.MayRead(roles) && ((!blind.HasBlind && !blind.HasLetters) || roles.SetEquals([CaseRole.Auditor]));

    /// <summary>Gives one case at once to who proved lately who they are, unless the policy wants a second person first: then it is asked for as a job.</summary>
    /// <param name="actor">Who exports.</param>
    /// <param name="caseId">Which case.</param>
    /// <param name="request">Why, and how.</param>
    /// <param name="signedInAt">When they last proved who they are; null: unknown.</param>
    /// <param name="ct">The caller's token.</param>
    /// <exception cref="ReadNotLoggedException">The export could not be written down, so nothing is given.</exception>
    /// <exception cref="TrailRewrittenException">The database no longer holds the tree that was signed before: an alarm.</exception>
    public Task<TrailExportResult> TakeAsync(Actor actor, CaseId caseId, TrailExportRequest request, DateTimeOffset? signedInAt, CancellationToken ct)
    {
        var hindrance = policy.Hinders(request.Profile, signedInAt, time.GetUtcNow());
        return RetryAsync(() => RunCaseAsync(actor, caseId, request, hindrance, job: null, progress: null, ct));
    }

    /// <summary>Exports what was asked for and, where the policy wants that, approved.</summary>
    /// <param name="actor">Who exports.</param>
    /// <param name="scope">How much.</param>
    /// <param name="request">Why, and how.</param>
    /// <param name="job">The export job that asks, for the trail.</param>
    /// <param name="progress">Told now and then how far it is.</param>
    /// <param name="ct">Stops it. What was written down until then stays.</param>
    /// <exception cref="ReadNotLoggedException">The export could not be written down, so nothing is given.</exception>
    /// <exception cref="TrailRewrittenException">The database no longer holds the tree that was signed before: an alarm.</exception>
    /// <exception cref="DossierGoneException">Cases were erased each time it was tried.</exception>
    public Task<TrailExportResult> RunAsync(
        Actor actor, ExportScope scope, TrailExportRequest request, Guid? job, IProgress<ExportProgress>? progress, CancellationToken ct) =>
        RetryAsync(() => scope is ExportScope.OfCase one
            ? RunCaseAsync(actor, one.Id, request, hindrance: null, job, progress, ct)
            : ranges.RunAsync(actor, scope, request, job, progress, ct));

    private static async Task<TrailExportResult> RetryAsync(Func<Task<TrailExportResult>> export)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await export();
            }
            catch (DossierGoneException) when (attempt < Attempts)
            {
                // A case was erased meanwhile. Another export, with another event, tells of what is left.
            }
        }
    }

    /// <summary>Tells of every thousandth event, and of the last.</summary>
    internal static async IAsyncEnumerable<BundleEvent> CountedAsync(
        IAsyncEnumerable<BundleEvent> events, long total, IProgress<ExportProgress>? progress, [EnumeratorCancellation] CancellationToken ct)
    {
        var done = 0L;
        await foreach (var item in events.WithCancellation(ct))
        {
            yield return item;
            if (++done % Step == 0 || done == total)
            {
                progress?.Report(new(done, total));
            }
        }
    }

    private async Task<TrailExportResult> RunCaseAsync(
        Actor actor, CaseId caseId, TrailExportRequest request, Refusal? hindrance, Guid? job, IProgress<ExportProgress>? progress, CancellationToken ct)
    {
        var no = hindrance ?? (ExportDesk.Problems(request) is { Count: > 0 } problems ? Refusal.Invalid(problems) : null);
        var logged = await BusyRetry.RunAsync(database, time, token => LogAsync(actor, caseId, request, job, no, token), ct);
        if (logged.Refusal is { } refusal)
        {
            return new(null, refusal);
        }

        var note = await desk.SignAsync(logged.Size, ct);
        var bundle = (await desk.DescribeAsync(request, logged.At, note, ct)) with { Case = caseId.Value };
        await using var events = await database.OpenReadAsync(ct);
        await using var tree = await database.OpenReadAsync(ct);
        using var dossier = await Dossier.OpenAsync(tree, keys, caseId, ct)
            ?? throw new InvalidOperationException($"Case {caseId} has no dossier.");
        var stream = CountedAsync(EventsAsync(events, dossier, logged.Blind!, logged.Size, ct), logged.Events, progress, ct);
        return new(await desk.WriteAsync(bundle, caseId.ToString(), logged.Events, stream, new DatabaseTree(tree), ct), null);
    }

    private async Task<Logged> LogAsync(
        Actor actor, CaseId caseId, TrailExportRequest request, Guid? job, Refusal? no, CancellationToken ct)
    {
        var now = time.GetUtcNow().Truncate();
        await using var db = await database.BeginAsync(ct);
        using var dossier = await Dossier.OpenAsync(db, keys, caseId, ct);
        var file = dossier is null ? null : await CaseStore.LoadAsync(db, caseId, ct);
        var roles = file?.RolesOf(actor) ?? new HashSet<CaseRole>();
        var blind = file is null ? null : new TrailReadsBlind(file, roles);
        if (Judge(roles, blind, no) is { } refusal)
        {
            await ReadLog.RefusedAsync(db, keys, actor, caseId, "ExportTrail", refusal, now, ct);
            return new(refusal, now);
        }

        try
        {
            var body = TrailJson.Canonical(new TrailExportedBody(BundleLayout.NameOf(BundleScope.Case), request.Reason.Trim(), actor.Client)
            {
                Profile = request.Profile,
                Job = job,
            });
            var exported = new PendingEvent(Guid.CreateVersion7(now), "trail.exported", actor.Person, ReadLog.RoleText(roles), body);
            await TrailLog.AppendAsync(db, dossier!, [exported], cause: null, file!.Case.Workflow, now, ct);
            // The head is locked since the append, so the export is the last leaf.
            var size = await db.ScalarAsync<long>("trail/head_size", new { Log = TrailLog.Name }, ct);
            var events = await db.ScalarAsync<long>("trail/dossier_seq", new { CaseId = caseId }, ct);
            await db.CommitAsync(ct);
            return new(null, now, size, events, blind);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new ReadNotLoggedException(e);
        }
    }

    private static Refusal? Judge(IReadOnlySet<CaseRole> roles, TrailReadsBlind? blind, Refusal? no)
    {
        if (roles.Count == 0)
        {
            return Refusal.NotFound;
        }

        if (!TrailReads.MayRead(roles))
        {
            return Refusal.NotYours;
        }

        if (no is not null)
        {
            return no;
        }

        return MayExport(roles, blind!) ? null : Refusal.Conflict(blind!.HasBlind ? "trail-still-blind" : "trail-names-letters");
    }

    private static async IAsyncEnumerable<BundleEvent> EventsAsync(
        DbSession db, Dossier dossier, TrailReadsBlind blind, long size, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var row in db.StreamAsync<EventRow>("trail/export_events", new { CaseId = dossier.Id, Size = size }, ct))
        {
            if (row.Body is not { } blob)
            {
                yield return new(row.LeafIndex, row.Leaf, BodyOmission.Erased);
            }
            else if (blind.IsClosedByStop(row.Type))
            {
                yield return new(row.LeafIndex, row.Leaf, BodyOmission.Closed);
            }
            else if (blind.IsBlind(row.EventId))
            {
                yield return new(row.LeafIndex, row.Leaf, BodyOmission.Blind);
            }
            else
            {
                var (salt, body) = TrailBodies.Open(dossier, row.EventId, blob);
                yield return new(row.LeafIndex, row.Leaf, new BundleBody(salt, body.ToArray()));
            }
        }
    }

    private sealed record Logged(Refusal? Refusal, DateTimeOffset At, long Size = 0, long Events = 0, TrailReadsBlind? Blind = null);

    private sealed record EventRow
    {
        public long LeafIndex { get; init; }
        public Guid EventId { get; init; }
        public string Type { get; init; } = "";
        public byte[] Leaf { get; init; } = [];
        public byte[]? Body { get; init; }
    }
}

/// <summary>Whose trail it is, as reports name it.</summary>
internal sealed record TrailOrganisation(string Name);
