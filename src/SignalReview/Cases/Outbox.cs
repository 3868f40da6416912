using System.Text.Json;
using SignalReview.Storage;
using SignalReview.Trail;

namespace SignalReview.Cases;

/// <summary>
/// The messages that were committed with their commands. A batch of them is claimed for a while, delivered and settled; when its process dies
/// in between, the claim runs out and another one delivers.
/// </summary>
internal sealed class Outbox(IDatabase database, TimeProvider time)
{
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>How long a message that could not be handed on waits for its next turn.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>How long delivered messages can be asked for by clients that were away.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>
    /// Settles the batch before, claims what waits and gives it in order, in one transaction. Writes nothing when there is nothing to do.
    /// </summary>
    public async Task<OutboxBatch> NextAsync(OutboxBatch before, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var last = await LastWaitingAsync(now, ct);
        if (last is null && before.IsEmpty)
        {
            return OutboxBatch.None;
        }

        await using var db = await database.BeginAsync(ct);
        await SettleAsync(db, before, now, ct);
        var batch = last is null ? OutboxBatch.None : await ClaimAsync(db, last.Value, now, ct);
        await db.CommitAsync(ct);
        return batch;
    }

    /// <summary>Settles a batch without claiming another: at the end of a process.</summary>
    public async Task SettleAsync(OutboxBatch batch, CancellationToken ct)
    {
        if (!batch.IsEmpty)
        {
            await using var db = await database.BeginAsync(ct);
            await SettleAsync(db, batch, time.GetUtcNow(), ct);
            await db.CommitAsync(ct);
        }
    }

    /// <summary>What happened in a case after a client last heard of it; older than <see cref="Kept"/> is gone.</summary>
    public async Task<IReadOnlyList<MissedNews>> AfterAsync(CaseId caseId, long seq, CancellationToken ct)
    {
        await using var db = await database.OpenReadAsync(ct);
        var rows = await db.QueryAsync<PayloadRow>("outbox/after", new { CaseId = caseId, Seq = seq }, ct);
        return [.. rows.Select(r => new MissedNews(r.Seq, Read(r.Payload)))];
    }

    /// <returns>How many were deleted.</returns>
    public async Task<int> DeleteOldAsync(CancellationToken ct)
    {
        await using var db = await database.BeginAsync(ct);
        var deleted = await db.ExecuteAsync("outbox/delete_old", new { Before = time.GetUtcNow() - Kept }, ct);
        await db.CommitAsync(ct);
        return deleted;
    }

    private async Task<long?> LastWaitingAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var db = await database.OpenReadAsync(ct);
        var waiting = await db.QueryAsync<long>("outbox/waiting", new { Now = now }, ct);
        return waiting.Count == 0 ? null : waiting[^1];
    }

    private static async Task<OutboxBatch> ClaimAsync(DbSession db, long last, DateTimeOffset now, CancellationToken ct)
    {
        var id = Guid.CreateVersion7(now);
        var until = now + Lease;
        if (await db.ExecuteAsync("outbox/claim", new { Batch = id, Until = until, Last = last, Now = now }, ct) == 0)
        {
            return OutboxBatch.None; // another process was first
        }

        await db.ExecuteAsync("outbox/release_behind", new { Batch = id }, ct);
        var rows = await db.QueryAsync<OutboxRow>("outbox/claimed", new { Batch = id }, ct);
        return new(id, until, [.. rows.Select(r => new OutboxMessage(r.OutboxId, r.CaseId, r.Seq, Read(r.Payload), r.At))]);
    }

    private static async Task SettleAsync(DbSession db, OutboxBatch batch, DateTimeOffset now, CancellationToken ct)
    {
        if (batch.IsEmpty)
        {
            return;
        }

        foreach (var message in batch.Messages.Where(m => !batch.IsDelivered(m)))
        {
            DateTimeOffset? until = batch.HasFailed(message.Case) ? now + Pause : null;
            await db.ExecuteAsync("outbox/postpone", new { message.OutboxId, Batch = batch.Id, Until = until }, ct);
        }

        await db.ExecuteAsync("outbox/mark_delivered", new { Batch = batch.Id, Now = now }, ct);
    }

    private static CaseNews Read(string payload) =>
        JsonSerializer.Deserialize<CaseNews>(payload, TrailJson.Options) ?? throw new InvalidOperationException("An outbox row without news.");

    private sealed record OutboxRow
    {
        public long OutboxId { get; init; }
        public CaseId CaseId { get; init; }
        public long Seq { get; init; }
        public string Payload { get; init; } = "";
        public DateTimeOffset At { get; init; }
    }

    private sealed record PayloadRow
    {
        public long Seq { get; init; }
        public string Payload { get; init; } = "";
    }
}

/// <summary>One command's news that a client did not hear of.</summary>
internal sealed record MissedNews(long Seq, CaseNews News);

/// <summary>Messages that one process has claimed, in order, and what became of them.</summary>
internal sealed class OutboxBatch(Guid id, DateTimeOffset until, IReadOnlyList<OutboxMessage> messages)
{
    private readonly HashSet<long> delivered = [];
    private readonly HashSet<CaseId> failed = [];

    public static OutboxBatch None { get; } = new(Guid.Empty, DateTimeOffset.MinValue, []);

    public Guid Id => id;

    /// <summary>After this moment another process may have taken them over.</summary>
    public DateTimeOffset Until => until;

    public IReadOnlyList<OutboxMessage> Messages => messages;

    public bool IsEmpty => messages.Count == 0;

    public bool IsDelivered(OutboxMessage message) => delivered.Contains(message.OutboxId);

    /// <summary>A message of this case could not be handed on, so those after it wait.</summary>
    public bool HasFailed(CaseId caseId) => failed.Contains(caseId);

    public void Delivered(OutboxMessage message) => delivered.Add(message.OutboxId);

    public void Failed(OutboxMessage message) => failed.Add(message.Case);
}
