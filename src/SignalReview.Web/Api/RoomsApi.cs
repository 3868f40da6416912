using SignalReview.Rooms;

namespace SignalReview.Web.Api;

/// <summary>The room's commands, for programs without a live connection; the hub takes the same.</summary>
internal static class RoomsApi
{
    public static void MapRooms(this IEndpointRouteBuilder cases)
    {
        cases.MapCommand<JoinRoom, JoinRoomCommand>(
            "join-room", "Records that one has entered the room.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<Say, SayCommand>(
            "say", "Says something in the room.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<EditMessage, EditMessageCommand>(
            "edit-message", "Changes the text of one's own message; the earlier text stays.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<RetractMessage, RetractMessageCommand>(
            "retract-message", "Retracts one's own message, or as the room's leader another's, with a reason.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<SetRoomClock, SetRoomClockCommand>(
            "set-room-clock", "Sets or clears the clock; by the facilitator.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<ChooseOptions, ChooseOptionsCommand>(
            "choose-options", "Chooses how is voted and what may be chosen, until the first ballot.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<OpenVote, OpenVoteCommand>(
            "open-vote", "Ends the discussion and opens the vote; by the facilitator.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<CastVote, CastVoteCommand>(
            "cast-vote", "Casts one's ballot in the open round, once.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<RevealVotes, RevealVotesCommand>(
            "reveal-votes", "Reveals before all are in, with a reason; by the facilitator.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<SecondRound, SecondRoundCommand>(
            "second-round", "Another round after the reveal; by the facilitator.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<Harvest, HarvestCommand>(
            "harvest", "The room has advised enough; by the facilitator or owner.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
    }
}
