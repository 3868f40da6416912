using SignalReview.People;

namespace SignalReview.Comparing;

// As the database holds them: ids, enumerations, numbers and times.

internal sealed record MissingCheckRow
{
    public Guid ReadingEvent { get; init; }
    public int Place { get; init; }
    public Guid EventId { get; init; }
    public PersonId PersonId { get; init; }
    public DateTimeOffset CheckedAt { get; init; }
}

/// <summary>One that somebody took; what nobody looks into has no row.</summary>
internal sealed record EnquiryRow
{
    public Guid ReadingEvent { get; init; }
    public EnquiryState State { get; init; }
    public PersonId TakenById { get; init; }
    public DateTimeOffset TakenAt { get; init; }
    public Guid? ReportEvent { get; init; }
    public DateTimeOffset? ReportedAt { get; init; }
    public ReadingChange? ReadingChange { get; init; }
    public Guid? AnswerEvent { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }
}
