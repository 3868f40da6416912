using SignalReview.Cases;
using SignalReview.Rooms;

namespace SignalReview.Consultations;

// What was said.
internal sealed partial class BlindView
{
    private MessageView Message(MessageRow message) => new(
        message.EventId,
        Ref(message.PersonId),
        message.SaidAt,
        message.Seq,
        bodies.Find<MessageBody>(message.EventId)?.Text)
    {
        Kind = message.Kind,
        ReplyTo = message.ReplyTo,
        Anchor = message.Anchor is { } anchor && BlindViewAnchors.MaySee(file, sight, anchor) ? anchor : null,
    };
}
