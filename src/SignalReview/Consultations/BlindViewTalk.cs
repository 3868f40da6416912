using SignalReview.Cases;
using SignalReview.Rooms;

namespace SignalReview.Consultations;

// What was said.
internal sealed partial class BlindView
{
    /// <summary>What may be read of a message: its text and those before; of one that was retracted only why it was.</summary>
    private static IEnumerable<Guid?> EventsOf(CaseFile file, MessageRow message) => message.RetractedAt is null
        ? [message.EventId, .. EditsOf(file, message).Select(e => e.EventId)]
        : [message.RetractedEvent];

    private static IEnumerable<MessageEditRow> EditsOf(CaseFile file, MessageRow message) => file.Edits.Where(e => e.MessageId == message.EventId);

    /// <summary>The same for everyone who reads the same words: what somebody can do with a message is not told here.</summary>
    private MessageView Message(MessageRow message)
    {
        var body = bodies.Find<MessageWords>(message.TextEvent ?? message.EventId);
        return new(message.EventId, Ref(message.PersonId), message.SaidAt, message.Seq, body?.Text)
        {
            Kind = message.Kind,
            ReplyTo = message.ReplyTo,
            Anchor = message.Anchor is { } anchor && BlindViewAnchors.MaySee(file, sight, anchor) ? anchor : null,
            Mentions = ValueList<PersonRef>.Of((body?.Mentions ?? []).Select(Ref)),
            EditedAt = message.RetractedAt is null ? message.EditedAt : null,
            Earlier = ValueList<EarlierText>.Of(message.RetractedAt is null ? Earlier(message) : []),
            Retracted = message is { RetractedAt: { } at, RetractedById: { } by }
                ? new(Ref(by), at, bodies.Find<MessageRetractedBody>(message.RetractedEvent)?.Reason)
                : null,
        };
    }

    private IEnumerable<EarlierText> Earlier(MessageRow message)
    {
        var texts = EditsOf(file, message).Select(e => (e.EventId, At: e.EditedAt)).Prepend((message.EventId, At: message.SaidAt));
        return texts.SkipLast(1).Select(text => new EarlierText(text.At, bodies.Find<MessageWords>(text.EventId)?.Text));
    }
}
