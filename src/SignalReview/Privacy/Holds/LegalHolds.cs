using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Storage;
using SignalReview.Workflow;

namespace SignalReview.Privacy.Holds;

internal sealed record HoldRow
{
    public Guid HoldId { get; init; }
    public CaseId CaseId { get; init; }
    public HoldGround Ground { get; init; }
    public DateOnly? UntilOn { get; init; }
    public PersonId PlacedById { get; init; }
    public DateTimeOffset PlacedAt { get; init; }
    public Guid PlacedEvent { get; init; }
    public PersonId? LiftedById { get; init; }
    public DateTimeOffset? LiftedAt { get; init; }
    public Guid? LiftedEvent { get; init; }

    /// <summary>It stands up to and including its last day.</summary>
    public bool Stands(DateOnly today) => LiftedAt is null && !(UntilOn < today);
}

/// <summary>Whether something of a case must be kept whatever else asks for its erasure.</summary>
internal static class LegalHolds
{
    /// <summary>The organisation's day, by which a hold's last day is over.</summary>
    public static DateOnly Today(DateTimeOffset now) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, TeamCalendar.Office.Zone).DateTime);

    /// <param name="db">Whoever goes on to erase has the case claimed, so that no hold can be placed meanwhile.</param>
    /// <param name="id">The case.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">The caller's token.</param>
    public static async Task<bool> StandAsync(DbSession db, CaseId id, DateTimeOffset now, CancellationToken ct) =>
        await db.ScalarAsync<int>("privacy/standing_holds", new { CaseId = id, Today = Today(now) }, ct) > 0;
}
