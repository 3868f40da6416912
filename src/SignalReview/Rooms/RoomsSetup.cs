using Microsoft.Extensions.DependencyInjection;
using SignalReview.Rooms.Anonymous;
using SignalReview.Rooms.Wall;

namespace SignalReview.Rooms;

internal static class RoomsSetup
{
    public static IServiceCollection AddRooms(this IServiceCollection services) => services
        .AddSingleton<RoomAudiences>()
        .AddSingleton<WallReads>()
        .AddSingleton<UrnKeys>()
        .AddSingleton<UrnSweep>()
        .AddSingleton<TightenAnonymity>()
        .AddSingleton<JoinRoom>()
        .AddSingleton<Say>()
        .AddSingleton<EditMessage>()
        .AddSingleton<RetractMessage>()
        .AddSingleton<MovePhase>()
        .AddSingleton<RaiseHand>()
        .AddSingleton<LowerHand>()
        .AddSingleton<GiveFloor>()
        .AddSingleton<EndFloor>()
        .AddSingleton<SetRoomClock>()
        .AddSingleton<ExtendRoomClock>()
        .AddSingleton<ChooseOptions>()
        .AddSingleton<OpenVote>()
        .AddSingleton<CastVote>()
        .AddSingleton<RevealVotes>()
        .AddSingleton<SecondRound>()
        .AddSingleton<Harvest>();
}
