using SignalReview.Rooms;
using SignalReview.Rooms.Anonymous;

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
        cases.MapCommand<MovePhase, MovePhaseCommand>(
            "move-phase", "Moves the room to the next phase of its method, or with a reason to another; by the facilitator.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<RaiseHand, RaiseHandCommand>(
            "raise-hand", "Asks for the floor.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<LowerHand, LowerHandCommand>(
            "lower-hand", "Takes one's hand down; by the facilitator, anybody's.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<GiveFloor, GiveFloorCommand>(
            "give-floor", "Gives somebody the floor; by the facilitator.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<EndFloor, EndFloorCommand>(
            "end-floor", "Gives the floor back; by who has it or the facilitator.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<SetRoomClock, SetRoomClockCommand>(
            "set-room-clock", "Sets or clears the clock; by the facilitator.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<TightenAnonymity, TightenAnonymityCommand>(
            "tighten-anonymity", "Makes what is written from here on tell less of who wrote it; by the facilitator or owner.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<ExtendRoomClock, ExtendRoomClockCommand>(
            "extend-room-clock", "Gives the phase more time; by the facilitator.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
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
