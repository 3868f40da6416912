using SignalReview.Cases;
using SignalReview.Minutes;
using SignalReview.People;
using SignalReview.Rooms;

namespace SignalReview.Tests.Minutes;

/// <summary>A room that was talked in, voted in and closed, with three who were there.</summary>
internal static class MinutesWorld
{
    public static async Task TalkAsync(this CaseWorld world)
    {
        await world.InRoomAsync();
        foreach (var person in await world.PresentAsync())
        {
            await world.DoAsync(person, new JoinRoomCommand(world.NewId()));
            world.Time.Advance(TimeSpan.FromMinutes(1));
        }
    }

    /// <summary>The facilitator, the owner and the first reader, in the order in which they came in.</summary>
    public static async Task<IReadOnlyList<Actor>> PresentAsync(this CaseWorld world) =>
        [world.Facilitator, world.Owner, (await world.ReadersAsync())[0]];

    public static async Task CloseRoomAsync(this CaseWorld world)
    {
        await world.DoAsync(world.Facilitator, new OpenVoteCommand(world.NewId()));
        world.Time.Advance(TimeSpan.FromMinutes(5));
        await world.VoteAllAsync();
        await world.DoAsync(world.Facilitator, new HarvestCommand(world.NewId()));
    }

    public static async Task ProposedAsync(this CaseWorld world)
    {
        await world.TalkAsync();
        await world.CloseRoomAsync();
        await world.DoAsync(world.Facilitator, new ProposeMinutesCommand(world.NewId()));
    }

    public static async Task<MinutesView?> MinutesAsync(this CaseWorld world, Actor actor) =>
        (await world.Get<CaseReads>().ReadAsync(actor, world.Case, CaseReads.Minutes, CancellationToken.None)).View!.Minutes;

    public static async Task<MinutesState> StateAsync(this CaseWorld world, int version = 1) =>
        (await world.FileAsync()).MinutesVersions.Single(v => v.Number == version).State;
}
