using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Storage;
using SignalReview.Trail.Bundles;
using SignalReview.Workflow;

namespace SignalReview.Trail;

/// <param name="Reason">Why the trail leaves the product; required, and itself in the trail.</param>
/// <param name="Language">"nl" or "en", for the report.</param>
/// <param name="Since">The signed checkpoint of an earlier bundle; its consistency with this one is then proved too.</param>
public sealed record TrailExportRequest(string Reason, string Language = "nl", string? Since = null);

/// <param name="Bundle">Null when refused. Dispose it when it was sent: that deletes the file.</param>
/// <param name="Refusal">Null when there is a bundle.</param>
internal sealed record TrailExportResult(TrailBundle? Bundle, Refusal? Refusal);

/// <summary>A bundle in a temporary file that is gone with the handle.</summary>
/// <param name="Content">The zip, from its start.</param>
/// <param name="FileName">To save it under.</param>
/// <param name="Events">How many events of the case are in it.</param>
internal sealed record TrailBundle(Stream Content, string FileName, long Events) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}

/// <summary>
/// Exports the trail of one case as a bundle that can be verified without us. The export is an event itself, the last one in its bundle, and
/// is committed before a byte is given out. Entries that were not revealed keep their bodies back; their headers and proofs are there.
/// </summary>
internal sealed class TrailExport(
    IDatabase database, KeyRing keys, CheckpointSigner signer, PeopleDirectory directory, DataFolder folder, TrailOrganisation organisation, TimeProvider time)
{
    private const int MostReason = 1000;

    /// <summary>
    /// An auditor always; the owner when nothing of it is blind, and nothing was written under a letter. Headers tell who handed in when: somebody
    /// who is in the case, or runs it, waits for the reveal, and never takes away who is behind a letter.
    /// </summary>
    public static bool MayExport(IReadOnlySet<CaseRole> roles, TrailReadsBlind blind) =>
        TrailReads.MayRead(roles) && ((!blind.HasBlind && !blind.HasLetters) || roles.SetEquals([CaseRole.Auditor]));

    /// <exception cref="ReadNotLoggedException">The export could not be written down, so nothing is given.</exception>
    /// <exception cref="TrailRewrittenException">The database no longer holds the tree that was signed before: an alarm.</exception>
    public async Task<TrailExportResult> RunAsync(Actor actor, CaseId caseId, TrailExportRequest request, CancellationToken ct)
    {
        var since = ParseSince(request.Since);
        var problems = Problems(request, since);
        var logged = await BusyRetry.RunAsync(database, time, token => LogAsync(actor, caseId, request, problems, token), ct);
        if (logged.Refusal is { } refusal)
        {
            return new(null, refusal);
        }

        var note = await SignAsync(logged.Size, ct);
        var people = await directory.GetAsync(ct);
        var temporary = TemporaryFolder();
        var content = new Spool(temporary);
        try
        {
            var bundle = new BundleRequest
            {
                Case = caseId.Value,
                At = logged.At,
                Organisation = organisation.Name,
                CheckpointNote = note,
                NameOf = id => NameOf(people, id),
                Zone = TimeZoneInfo.FindSystemTimeZoneById(TeamCalendar.DefaultZone),
                Language = request.Language,
                Since = since,
                TemporaryFolder = temporary,
            };
            await using var events = await database.OpenReadAsync(ct);
            await using var tree = await database.OpenReadAsync(ct);
            using var dossier = await Dossier.OpenAsync(tree, keys, caseId, ct)
                ?? throw new InvalidOperationException($"Case {caseId} has no dossier.");
            await new BundleWriter(signer).WriteAsync(
                content, bundle, EventsAsync(events, dossier, logged.Blind!, logged.Size, ct), new DatabaseTree(tree), ct);
            content.Position = 0;
            var day = logged.At.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
            return new(new(content, $"signalreview-{caseId}-{day}.zip", logged.Events), null);
        }
        catch
        {
            await content.DisposeAsync();
            throw;
        }
    }

    private async Task<Logged> LogAsync(
        Actor actor, CaseId caseId, TrailExportRequest request, IReadOnlyList<FieldProblem> problems, CancellationToken ct)
    {
        var now = time.GetUtcNow().Truncate();
        await using var db = await database.BeginAsync(ct);
        using var dossier = await Dossier.OpenAsync(db, keys, caseId, ct);
        var file = dossier is null ? null : await CaseStore.LoadAsync(db, caseId, ct);
        var roles = file?.RolesOf(actor) ?? new HashSet<CaseRole>();
        var blind = file is null ? null : new TrailReadsBlind(file, roles);
        if (Judge(roles, blind, problems) is { } refusal)
        {
            await ReadLog.RefusedAsync(db, keys, actor, caseId, "ExportTrail", refusal, now, ct);
            return new(refusal, now);
        }

        try
        {
            var body = TrailJson.Canonical(new { scope = "case", reason = request.Reason.Trim(), actor.Client });
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

    private static Refusal? Judge(IReadOnlySet<CaseRole> roles, TrailReadsBlind? blind, IReadOnlyList<FieldProblem> problems)
    {
        if (roles.Count == 0)
        {
            return Refusal.NotFound;
        }

        if (!TrailReads.MayRead(roles))
        {
            return Refusal.NotYours;
        }

        if (problems.Count > 0)
        {
            return Refusal.Invalid(problems);
        }

        return MayExport(roles, blind!) ? null : Refusal.Conflict(blind!.HasBlind ? "trail-still-blind" : "trail-names-letters");
    }

    internal async Task<string> SignAsync(long size, CancellationToken ct)
    {
        string note;
        await using (var db = await database.OpenReadAsync(ct))
        {
            var head = await db.ScalarAsync<long>("trail/head_size", new { Log = TrailLog.Name }, ct);
            note = await signer.SignAsync(new DatabaseTree(db), head, size, ct);
        }

        await BusyRetry.RunAsync(
            database,
            time,
            async token =>
            {
                await using var db = await database.BeginAsync(token);
                await db.ExecuteAsync("trail/insert_checkpoint", new { TreeSize = size, At = time.GetUtcNow().Truncate(), Note = note }, token);
                await db.CommitAsync(token);
                return true;
            },
            ct);
        return note;
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
            else if (blind.IsBlind(row.EventId) || blind.IsClosedByStop(row.Type))
            {
                yield return new(row.LeafIndex, row.Leaf, BodyOmission.Redacted);
            }
            else
            {
                var (salt, body) = TrailBodies.Open(dossier, row.EventId, blob);
                yield return new(row.LeafIndex, row.Leaf, new BundleBody(salt, body.ToArray()));
            }
        }
    }

    private static IReadOnlyList<FieldProblem> Problems(TrailExportRequest request, Checkpoint? since)
    {
        var check = new FieldCheck();
        check.Required("reason", request.Reason);
        if (request.Reason?.Length > MostReason)
        {
            check.Add("reason", "tooLong");
        }

        if (request.Language is not ("nl" or "en"))
        {
            check.Add("language", "unknown");
        }

        if (!string.IsNullOrWhiteSpace(request.Since) && since is null)
        {
            check.Add("since", "unreadable");
        }

        return check.Problems;
    }

    /// <returns>Null when there is none, or it is no checkpoint.</returns>
    private static Checkpoint? ParseSince(string? note)
    {
        if (string.IsNullOrWhiteSpace(note))
        {
            return null;
        }

        try
        {
            return Checkpoint.Parse(SignedNote.Parse(note).Text);
        }
        catch (FormatException)
        {
            return null; // told as a problem of the field
        }
    }

    private static string? NameOf(PeopleSnapshot people, string actor) =>
        Guid.TryParse(actor, out var id) ? people.Find(new PersonId(id))?.Name : null;

    private string TemporaryFolder()
    {
        var path = Path.Combine(folder.FullPath, "exports");
        KeyFile.EnsureFolder(path); // owner only: what waits there is content
        return path;
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
