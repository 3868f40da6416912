using SignalReview.Cases;
using SignalReview.Rooms;
using SignalReview.Rooms.Anonymous;

namespace SignalReview.Consultations;

/// <summary>What a message may be about, by the ids that the views give it. Pure.</summary>
internal static class BlindViewAnchors
{
    /// <summary>
    /// The id by which the views name a reading, and messages point at it. With letters not the event's: in the trail that stands beside its writer.
    /// </summary>
    public static Guid IdOf(CaseFile file, InterpretationRow reading) =>
        file.ReadingAnonymity != Anonymity.Named && Pseudonyms.Of(file, PseudonymKind.Reading, reading.PersonId) is { } pseudonym
            ? pseudonym.ShownId
            : reading.EventId;

    /// <summary>Only a reading that was revealed can be talked about: not even one's own before that, because the others would learn of it.</summary>
    public static bool MaySee(CaseFile file, BlindViewSight sight, MessageAnchor anchor) => anchor.Kind switch
    {
        AnchorKind.Reading => sight.Advice
            && file.Interpretations.FirstOrDefault(r => IdOf(file, r) == anchor.Id) is { } reading
            && BlindViewSight.IsRevealed(reading),
        AnchorKind.Question => file.Questions.FirstOrDefault(q => q.QuestionId == anchor.Id) is { } question && sight.Question(question),
    };
}
