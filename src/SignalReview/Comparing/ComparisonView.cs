using SignalReview.Consultations;

namespace SignalReview.Comparing;

/// <summary>
/// The revealed readings side by side: what speaks for and against, what is missing, and what would change each reader's mind. Nothing says
/// who is right. Readers are named as in the readings.
/// </summary>
/// <param name="For">What readers bring for their reading, like entries together.</param>
/// <param name="Against">What they bring against it.</param>
/// <param name="Missing">What they miss, to be ticked.</param>
/// <param name="Enquiries">What would change whose mind; readers who named nothing have none.</param>
public sealed record ComparisonView(
    IReadOnlyList<EvidenceView> For,
    IReadOnlyList<EvidenceView> Against,
    IReadOnlyList<MissingView> Missing,
    IReadOnlyList<EnquiryView> Enquiries);

/// <param name="Text">As the first of them wrote it.</param>
/// <param name="By">Each who brought it, in their own words.</param>
/// <param name="Contested">Another reader has the same on the other side.</param>
public sealed record EvidenceView(string Text, IReadOnlyList<BroughtBy> By, bool Contested);

/// <param name="Reader">Who.</param>
/// <param name="Position">From which reading position; null for "cannot judge" and the like.</param>
/// <param name="Text">In their own words.</param>
public sealed record BroughtBy(PersonRef Reader, ReadingPosition? Position, string Text);

/// <param name="Id">What ticking it names.</param>
/// <param name="Text">As the first of them wrote it.</param>
/// <param name="By">Each who misses it, in their own words.</param>
/// <param name="Check">Null while it is still missing.</param>
public sealed record MissingView(Guid Id, string Text, IReadOnlyList<BroughtBy> By, MissingCheckView? Check);

public sealed record MissingCheckView(PersonRef By, DateTimeOffset At, string? Found);

/// <param name="Reading">What taking it names.</param>
/// <param name="Reader">Whose mind it would change.</param>
/// <param name="Text">What would.</param>
/// <param name="Mine">The viewer is that reader.</param>
/// <param name="State">Where it stands.</param>
/// <param name="TakenBy">Who looks into it.</param>
/// <param name="TakenAt">Since when.</param>
/// <param name="Found">What they found.</param>
/// <param name="ReportedAt">When they said so.</param>
/// <param name="Change">What it did to the reading.</param>
/// <param name="Answer">Why, in the reader's words.</param>
/// <param name="AnsweredAt">When the reader said so.</param>
public sealed record EnquiryView(
    Guid Reading,
    PersonRef Reader,
    string Text,
    bool Mine,
    EnquiryState State,
    PersonRef? TakenBy,
    DateTimeOffset? TakenAt,
    string? Found,
    DateTimeOffset? ReportedAt,
    ReadingChange? Change,
    string? Answer,
    DateTimeOffset? AnsweredAt)
{
    /// <summary>The viewer took it.</summary>
    public bool TakenByMe { get; init; }
}
