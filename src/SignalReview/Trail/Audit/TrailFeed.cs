using System.Runtime.CompilerServices;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Storage;
using SignalReview.Trail.Formats;

namespace SignalReview.Trail.Audit;

/// <param name="After">The leaf after which it begins.</param>
/// <param name="Last">The last leaf of it; <paramref name="After"/> when there is none.</param>
internal sealed record FeedPage(long After, long Last)
{
    public bool IsEmpty => Last == After;
}

/// <summary>
/// Headers of the whole log, in its order, for a program that watches; never a body. For auditors without a part in a case of it that is still blind
/// or has letters, as for exports of a range. Which page went out is in the trail before its first byte.
/// </summary>
internal sealed class TrailFeed(IDatabase database, KeyRing keys, TimeProvider time)
{
    public const int Most = 1000;

    /// <summary>The event of a page that went out.</summary>
    public const string Polled = "trail.polled";

    /// <param name="actor">An auditor.</param>
    /// <param name="after">Leaves after this one; -1 from the first.</param>
    /// <param name="take">At most so many, up to <see cref="Most"/>.</param>
    /// <param name="format">In which they go out; it stands in the event.</param>
    /// <param name="ct">The caller's token.</param>
    /// <exception cref="ReadNotLoggedException">That they went out could not be written down, so nothing is given.</exception>
    public Task<TrailReadResult<FeedPage>> AskAsync(Actor actor, long after, int take, EventFormat format, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(after, -1);
        ArgumentOutOfRangeException.ThrowIfLessThan(take, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(take, Most);
        return BusyRetry.RunAsync(database, time, token => TryAskAsync(actor, after, take, format, token), ct);
    }

    /// <summary>The leaves of a page that was given, streamed.</summary>
    public async IAsyncEnumerable<(long Index, byte[] Leaf)> LeavesAsync(FeedPage page, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var db = await database.OpenReadAsync(ct);
        await foreach (var row in db.StreamAsync<LeafRow>("trail/feed_leaves", new { page.After, page.Last }, ct))
        {
            yield return (row.LeafIndex, row.Leaf);
        }
    }

    private async Task<TrailReadResult<FeedPage>> TryAskAsync(Actor actor, long after, int take, EventFormat format, CancellationToken ct)
    {
        var now = time.GetUtcNow().Truncate();
        var (rows, refusal) = await LookAsync(actor, after, take, ct);
        if (refusal is not null)
        {
            await using var refused = await database.BeginAsync(ct);
            await ReadLog.RefusedAsync(refused, keys, actor, CaseId.Organisation, "PollTrail", refusal, now, ct);
            return new(null, refusal);
        }

        // Nothing but earlier pages' own events tells nothing, and its event would be on the next page: it waits until there is something else.
        if (rows.Count == 0)
        {
            return new(new(after, after), null);
        }

        var page = new FeedPage(after, rows[^1].LeafIndex);
        await using var db = await database.BeginAsync(ct);
        using var organisation = await ReadLog.OrganisationAsync(db, keys, ct);
        var cases = rows.Select(row => row.CaseId).Where(id => id != CaseId.Organisation).Distinct().ToList();
        await ReadLog.PolledAsync(db, organisation, actor, new(Enums.Text(format), after + 1, page.Last, cases, actor.Client), now, ct);
        return new(page, null);
    }

    /// <summary>Outside a write, so that a program that asks in vain every second keeps nobody waiting. Leaves never change, so nothing can move under it.</summary>
    private async Task<(IReadOnlyList<PageRow> Rows, Refusal? Refusal)> LookAsync(Actor actor, long after, int take, CancellationToken ct)
    {
        if (!actor.Is(Role.Auditor))
        {
            return ([], Refusal.NotYours);
        }

        await using var db = await database.OpenReadAsync(ct);
        if (after >= await db.ScalarAsync<long>("trail/head_size", new { Log = TrailLog.Name }, ct))
        {
            // Somebody has a leaf that this log has not: it was put back to an older state. Silence would look as if nothing happened.
            return ([], Refusal.Conflict("trail-shorter"));
        }

        if (await db.ScalarAsync<int>("trail/feed_news", new { After = after, Polled }, ct) == 0)
        {
            return ([], null);
        }

        var rows = await db.QueryAsync<PageRow>("trail/feed_page", new { After = after, Take = take }, ct);
        var own = await db.ScalarAsync<int>("trail/own_closed_cases", new { PersonId = actor.Person, First = after + 1, End = rows[^1].LeafIndex + 1 }, ct);
        return (rows, own == 0 ? null : Refusal.Conflict("trail-own-cases"));
    }

    private sealed record PageRow
    {
        public long LeafIndex { get; init; }
        public CaseId CaseId { get; init; }
        public string Type { get; init; } = "";
    }

    private sealed record LeafRow
    {
        public long LeafIndex { get; init; }
        public byte[] Leaf { get; init; } = [];
    }
}

/// <summary>The body of <c>trail.polled</c>.</summary>
/// <param name="Format">In which form.</param>
/// <param name="First">The first leaf that went out.</param>
/// <param name="Last">The last.</param>
/// <param name="Cases">Of which they tell.</param>
/// <param name="Client">By which door.</param>
internal sealed record TrailPolledBody(string Format, long First, long Last, IReadOnlyList<CaseId> Cases, string Client);
