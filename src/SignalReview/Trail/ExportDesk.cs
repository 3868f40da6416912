using System.Globalization;
using System.Security.Cryptography;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Storage;
using SignalReview.Trail.Anchors;
using SignalReview.Trail.Bundles;
using SignalReview.Workflow;

namespace SignalReview.Trail;

/// <summary>What every export needs, whatever its scope: a checkpoint that is signed and kept, names, and a place to write.</summary>
internal sealed class ExportDesk(
    IDatabase database, CheckpointSigner signer, PeopleDirectory directory, DataFolder folder, TrailOrganisation organisation, TimeProvider time)
{
    private const int MostReason = 1000;

    public static TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(TeamCalendar.DefaultZone);

    public static IReadOnlyList<FieldProblem> Problems(TrailExportRequest request)
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

        if (!string.IsNullOrWhiteSpace(request.Since) && ParseSince(request.Since) is null)
        {
            check.Add("since", "unreadable");
        }

        if (RedactionProfile.Find(request.Profile) is null)
        {
            check.Add("profile", "unknown");
        }

        return check.Problems;
    }

    /// <summary>Signs the tree of so many leaves, and keeps the note.</summary>
    /// <exception cref="TrailRewrittenException">The database no longer holds the tree that was signed before: an alarm.</exception>
    public async Task<string> SignAsync(long size, CancellationToken ct)
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

    /// <param name="request">What was asked for; it has no problems.</param>
    /// <param name="at">When the export was written down.</param>
    /// <param name="note">The checkpoint.</param>
    /// <param name="ct">The caller's token.</param>
    /// <returns>The request of a bundle of one case; a range says more.</returns>
    public async Task<BundleRequest> DescribeAsync(TrailExportRequest request, DateTimeOffset at, string note, CancellationToken ct)
    {
        var people = await directory.GetAsync(ct);
        await using var db = await database.OpenReadAsync(ct);
        var size = Checkpoint.Parse(SignedNote.Parse(note).Text).Size;
        return new()
        {
            At = at,
            Anchors = await AnchorQueue.ReceiptsAsync(db, size, AnchorKind.Timestamp, ct),
            Organisation = organisation.Name,
            CheckpointNote = note,
            NameOf = id => NameOf(people, id),
            Zone = Zone,
            Language = request.Language,
            Since = ParseSince(request.Since),
            Profile = RedactionProfile.Find(request.Profile)!,
            TemporaryFolder = TemporaryFolder(),
        };
    }

    /// <summary>Writes the bundle into a file that is gone with its handle.</summary>
    /// <exception cref="DossierGoneException">A case in it was erased since its checkpoint; nothing of it is given out.</exception>
    public async Task<TrailBundle> WriteAsync(
        BundleRequest bundle, string name, long events, IAsyncEnumerable<BundleEvent> stream, ITreeNodes nodes, CancellationToken ct)
    {
        var content = new Spool(bundle.TemporaryFolder);
        try
        {
            try
            {
                await new BundleWriter(signer).WriteAsync(content, bundle, stream, nodes, ct);
            }
            catch (CryptographicException)
            {
                await RefuseErasedAsync(bundle, ct); // a body from before the erasure, with the key from after it
                throw;
            }

            await RefuseErasedAsync(bundle, ct);
            content.Position = 0;
            var day = bundle.At.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
            return new(content, $"signalreview-{name}-{day}.zip", events);
        }
        catch
        {
            await content.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// What was erased while the bundle was made may be in it, or be called erased where its checkpoint knows of no erasure. Looked at last, with
    /// fresh eyes: whatever the bundle's own readers missed or met was committed by now.
    /// </summary>
    private async Task RefuseErasedAsync(BundleRequest bundle, CancellationToken ct)
    {
        var size = Checkpoint.Parse(SignedNote.Parse(bundle.CheckpointNote).Text).Size;
        await using var db = await database.OpenReadAsync(ct);
        foreach (var erased in await db.QueryAsync<Guid>("trail/erased_since", new { Size = size }, ct))
        {
            if (bundle.Case is null || bundle.Case == erased)
            {
                throw new DossierGoneException(new CaseId(erased));
            }
        }
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
}
