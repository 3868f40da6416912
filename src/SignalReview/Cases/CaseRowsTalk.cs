using SignalReview.Minutes;
using SignalReview.People;

namespace SignalReview.Cases;

// What belongs to the talk in the room, and to its minutes.

internal sealed record MessageEditRow
{
    public Guid EventId { get; init; }
    public Guid MessageId { get; init; }
    public DateTimeOffset EditedAt { get; init; }
}

internal sealed record MentionRow
{
    public Guid MessageId { get; init; }
    public PersonId PersonId { get; init; }

    /// <summary>When they saw the room after it.</summary>
    public DateTimeOffset? SeenAt { get; init; }
}

internal sealed record MinutesNoteRow
{
    public MinutesSection Section { get; init; }
    public int Number { get; init; }
    public Guid EventId { get; init; }
    public PersonId WrittenById { get; init; }
    public DateTimeOffset WrittenAt { get; init; }
}

internal sealed record MinutesVersionRow
{
    public int Number { get; init; }
    public Guid EventId { get; init; }
    public MinutesState State { get; init; }
    public PersonId ProposedById { get; init; }
    public DateTimeOffset ProposedAt { get; init; }
    public DateTimeOffset DueAt { get; init; }
    public DateTimeOffset? SettledAt { get; init; }
}

internal sealed record MinutesAnswerRow
{
    public int Number { get; init; }
    public PersonId PersonId { get; init; }

    /// <summary>Null: has not answered.</summary>
    public bool? Agrees { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }
    public Guid? EventId { get; init; }
}
