using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Storage;

namespace SignalReview.Privacy.AccessRequests;

internal sealed record AccessRequestRow
{
    /// <summary>Of its dossier.</summary>
    public CaseId RequestId { get; init; }
    public AccessState State { get; init; }
    public Requester Requester { get; init; }
    public int Age { get; init; }
    public IdentityCheck IdentityCheck { get; init; }
    public DateOnly ReceivedOn { get; init; }
    public DateOnly DueOn { get; init; }
    public bool Extended { get; init; }
    public PersonId RegisteredById { get; init; }
    public Guid RegisteredEvent { get; init; }
    public PersonId? DecidedById { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public Guid? DecidedEvent { get; init; }
    public string? RefusalGround { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }

    public bool IsOpen => State is AccessState.Registered or AccessState.Granted;
}

internal sealed record AccessFileRow
{
    public Guid FileId { get; init; }
    public CaseId RequestId { get; init; }
    public CaseId CaseId { get; init; }
    public AccessFileState State { get; init; }
    public long Revision { get; init; }
    public PersonId? MadeById { get; init; }
    public DateTimeOffset? MadeAt { get; init; }
    public PersonId? ApprovedById { get; init; }
    public DateTimeOffset? ApprovedAt { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Of the case now.</summary>
    public CasePhase Phase { get; init; }
    public string Team { get; init; } = "";
    public DateTimeOffset? SubmittedAt { get; init; }
    public VoteOption? Outcome { get; init; }
    public bool Erased { get; init; }
}

/// <summary>Reads and writes the rows of requests.</summary>
internal static class AccessStore
{
    public static Task<AccessRequestRow?> FindAsync(DbSession db, CaseId id, CancellationToken ct) =>
        db.FirstOrDefaultAsync<AccessRequestRow>("access/request", new { RequestId = id }, ct);

    public static Task<IReadOnlyList<AccessFileRow>> FilesAsync(DbSession db, CaseId id, CancellationToken ct) =>
        db.QueryAsync<AccessFileRow>("access/files", new { RequestId = id }, ct);

    public static async Task<AccessFileRow?> FileAsync(DbSession db, CaseId request, CaseId id, CancellationToken ct) =>
        (await FilesAsync(db, request, ct)).FirstOrDefault(f => f.CaseId == id);
}
