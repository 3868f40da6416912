using SignalReview.Rooms;

namespace SignalReview.Web.Tests.Pages.Cases;

/// <summary>What people do in the room besides voting.</summary>
internal sealed partial class CaseWalk
{
    public Task JoinRoomAsync(string person) => DoAsync<JoinRoom>(person, (use, actor) => use.RunAsync(actor, Case, new(Id()), CancellationToken.None));

    public Task RaiseHandAsync(string person) => DoAsync<RaiseHand>(person, (use, actor) => use.RunAsync(actor, Case, new(Id()), CancellationToken.None));

    /// <summary>From the talk on: a vote by all, and the room is closed.</summary>
    public async Task ToHarvestAsync()
    {
        await DoAsync<OpenVote>(Facilitator, (use, actor) => use.RunAsync(actor, Case, new(Id()), CancellationToken.None));
        foreach (var voter in Readers.Append(Owner))
        {
            await VoteAsync(voter);
        }

        await DoAsync<Harvest>(Facilitator, (use, actor) => use.RunAsync(actor, Case, new(Id()), CancellationToken.None));
    }
}
