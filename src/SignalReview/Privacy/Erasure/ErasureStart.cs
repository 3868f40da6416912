using System.Data.Common;
using Microsoft.Extensions.Logging;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Storage;
using SignalReview.Trail;

namespace SignalReview.Privacy.Erasure;

/// <summary>
/// Before anybody is served: what stands on the list and is not erased in this database, because it was put back from a backup, is erased again; and what a
/// crash left undone is done.
/// </summary>
internal sealed partial class ErasureStart(
    IDatabase database, KeyRing keys, ErasureList list, Destruction destruction, TimeProvider time, ILogger<ErasureStart> logger)
{
    /// <returns>How many cases were erased again.</returns>
    /// <exception cref="ErasureListException">The list was changed: better no service than one with cases that were erased.</exception>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var again = 0;
        foreach (var listed in await list.ReadAsync(ct))
        {
            try
            {
                again += await BusyRetry.RunAsync(database, time, token => EraseAgainAsync(listed, token), ct) ? 1 : 0;
            }
            catch (DbException e) when (database.IsUniqueViolation(e))
            {
                // Another process that starts as well was first.
            }
        }

        if (again > 0)
        {
            LogErasedAgain(logger, again, list.FilePath);
            await database.RewriteAsync(ct);
        }

        await KeepListAsync(ct);
        await destruction.RunAsync(ct);
        return again;
    }

    /// <summary>The list may have been lost, or put back from a copy: the database knows of erasures too.</summary>
    private async Task KeepListAsync(CancellationToken ct)
    {
        IReadOnlyList<ErasureRow> erased;
        await using (var db = await database.OpenReadAsync(ct))
        {
            erased = await db.QueryAsync<ErasureRow>("privacy/erased", null, ct);
        }

        await list.AddAsync([.. erased.Select(Destruction.Listed)], ct);
    }

    private async Task<bool> EraseAgainAsync(ListedErasure listed, CancellationToken ct)
    {
        var id = new CaseId(listed.Case);
        var now = time.GetUtcNow().Truncate();
        await using var db = await database.BeginAsync(ct);
        // Claimed, as by a command: nobody else is at work in it. Zero rows: the case is younger than this database.
        if (await db.ExecuteAsync("cases/claim", new { CaseId = id }, ct) == 0
            || await Shredder.RunAsync(db, keys, id, now, ct) is not { } shredded)
        {
            return false;
        }

        using var dossier = shredded.Dossier;
        var body = new SubjectErasedBody(
            listed.Erasure,
            listed.Ground,
            listed.AskedBy,
            listed.Rule,
            listed.Interests,
            listed.RequestedBy,
            listed.CheckedBy,
            listed.ApprovedBy,
            shredded.Bodies,
            shredded.Drafts,
            shredded.Attachments,
            listed.ErasedAt);
        var erased = new PendingEvent(Guid.CreateVersion7(now), "subject.erased", PersonId.System, "system", TrailJson.Canonical(body));
        await WriteAsync(db, listed, erased.Id, now, ct);
        await TrailLog.AppendAsync(db, dossier, [erased], cause: null, policy: null, now, ct);
        await db.CommitAsync(ct);
        return true;
    }

    private static async Task WriteAsync(DbSession db, ListedErasure listed, Guid erasedEvent, DateTimeOffset now, CancellationToken ct)
    {
        var args = new
        {
            ErasureId = listed.Erasure,
            CaseId = listed.Case,
            listed.Ground,
            listed.AskedBy,
            RuleId = listed.Rule,
            listed.Interests,
            RequestedById = listed.RequestedBy,
            listed.RequestedAt,
            CheckedById = listed.CheckedBy,
            listed.CheckedAt,
            SettledById = listed.ApprovedBy,
            SettledAt = listed.ApprovedAt,
            ErasedById = listed.ErasedBy,
            listed.ErasedAt,
            ErasedEvent = erasedEvent,
            listed.EndedShare,
            Now = now,
        };
        // The backup may be from while it was asked for, or from before.
        if (await db.ExecuteAsync("privacy/finish_listed_erasure", args, ct) == 0)
        {
            await db.ExecuteAsync("privacy/insert_listed_erasure", args, ct);
        }

        await db.ExecuteAsync("privacy/supersede_erasures", args, ct);
    }

    [LoggerMessage(8003, LogLevel.Warning, "{Cases} cases on {List} had come back with an older database and were erased again")]
    private static partial void LogErasedAgain(ILogger logger, int cases, string list);
}
