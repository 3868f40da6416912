using SignalReview.Cases;
using SignalReview.People;

namespace SignalReview.Privacy.Erasure;

internal sealed record ErasureRow
{
    public Guid ErasureId { get; init; }
    public CaseId CaseId { get; init; }
    public ErasureGround Ground { get; init; }
    public ErasureAskedBy AskedBy { get; init; }
    public string? RuleId { get; init; }
    public ErasureState State { get; init; }
    public string? Interests { get; init; }
    public PersonId RequestedById { get; init; }
    public DateTimeOffset RequestedAt { get; init; }
    public Guid RequestedEvent { get; init; }
    public PersonId? CheckedById { get; init; }
    public DateTimeOffset? CheckedAt { get; init; }
    public Guid? CheckedEvent { get; init; }

    /// <summary>Who approved or declined.</summary>
    public PersonId? SettledById { get; init; }
    public DateTimeOffset? SettledAt { get; init; }
    public Guid? SettledEvent { get; init; }
    public PersonId? ErasedById { get; init; }
    public DateTimeOffset? ErasedAt { get; init; }
    public Guid? ErasedEvent { get; init; }
    public Guid? EndedShare { get; init; }
    public DateTimeOffset? ReappliedAt { get; init; }
    public DateTimeOffset? DestroyedAt { get; init; }

    public bool IsOpen => State is ErasureState.Requested or ErasureState.Checked or ErasureState.Approved;
}
