using SignalReview.Cases;
using SignalReview.Rooms;

namespace SignalReview.Consultations;

/// <summary>What a message may be about, by the ids that the views give it. Pure.</summary>
internal static class BlindViewAnchors
{
    /// <summary>The id by which the views name a reading, and messages point at it.</summary>
    public static Guid IdOf(InterpretationRow reading) => reading.EventId;

    /// <summary>Only a reading that was revealed can be talked about: not even one's own before that, because the others would learn of it.</summary>
    public static bool MaySee(CaseFile file, BlindViewSight sight, MessageAnchor anchor) => anchor.Kind switch
    {
        AnchorKind.Reading => sight.Advice
            && file.Interpretations.FirstOrDefault(r => IdOf(r) == anchor.Id) is { } reading
            && BlindViewSight.IsRevealed(reading),
        AnchorKind.Question => file.Questions.FirstOrDefault(q => q.QuestionId == anchor.Id) is { } question && sight.Question(question),
    };
}
