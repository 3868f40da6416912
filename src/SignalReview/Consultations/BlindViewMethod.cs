using SignalReview.Rooms;

namespace SignalReview.Consultations;

// How the room is held: the template's own words, which nobody has to be kept from.
internal sealed partial class BlindView
{
    private IReadOnlyList<MessageKind> Kinds(bool inReply) =>
        RoomRules.IsOpen(file) && file.MayEnterRoom(me) ? PhaseRules.Kinds(file, me, inReply) : [];

    private RoomMethodView Method()
    {
        var method = file.Method;
        return new(method.Id, method.Version, method.Name, method.Text, method.Phases, method.Anonymity, method.Vote);
    }
}
