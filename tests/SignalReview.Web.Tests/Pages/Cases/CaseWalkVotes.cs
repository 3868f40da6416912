using SignalReview.Rooms;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Pages.Cases;

// Ways to vote, and a second round.
internal sealed partial class CaseWalk
{
    private static readonly VoteOption[] Offered = [VoteOption.NoConcern, VoteOption.Talk, VoteOption.Support];

    /// <summary>The vote is open by this method, about <see cref="VoteOption.Talk"/> where it needs a proposal.</summary>
    public static async Task<CaseWalk> VotingByAsync(WebHost host, VoteMethod method)
    {
        var walk = await VotingAsync(host);
        var command = new ChooseOptionsCommand(Id(), method == VoteMethod.Consent ? [] : Offered)
        {
            Method = method,
            Proposal = method == VoteMethod.Consent ? VoteOption.Talk : null,
        };
        await walk.DoAsync<ChooseOptions>(Facilitator, (use, actor) => use.RunAsync(actor, walk.Case, command, CancellationToken.None));
        return walk;
    }

    /// <summary>Everybody has voted by this method; the first reader otherwise than all others.</summary>
    public static async Task<CaseWalk> VotedByAsync(WebHost host, VoteMethod method)
    {
        var walk = await VotingByAsync(host, method);
        foreach (var voter in walk.Readers.Append(Owner))
        {
            var other = voter == walk.Readers[0];
            var ballot = new CastVoteCommand(Id(), 1, null, other ? 8 : 4, 60, $"Stem van {Marker(voter)}.");
            ballot = method switch
            {
                VoteMethod.SingleChoice => ballot with { Option = other ? VoteOption.Support : VoteOption.Talk },
                VoteMethod.Consent => ballot with { Proposal = VoteOption.Talk, Position = other ? ConsentPosition.Object : ConsentPosition.AgreeWithConcern, Objection = other ? $"Bezwaar van {Marker(voter)}." : null },
                VoteMethod.Score => ballot with { Scores = [new(VoteOption.NoConcern, 1), new(VoteOption.Talk, other ? 3 : 8), new(VoteOption.Support, other ? 9 : 5)] },
                VoteMethod.Ranking => ballot with { Ranking = other ? [VoteOption.Support, VoteOption.NoConcern] : [VoteOption.Talk, VoteOption.Support] },
            };
            await walk.DoAsync<CastVote>(voter, (use, actor) => use.RunAsync(actor, walk.Case, ballot, CancellationToken.None));
        }

        return walk;
    }

    /// <summary>
    /// Two rounds. In between the first reader, who sees it otherwise, speaks first; the second comes to see it so too; the third no longer votes.
    /// </summary>
    public static async Task<CaseWalk> TwoRoundsAsync(WebHost host)
    {
        var walk = await VotedByAsync(host, VoteMethod.SingleChoice);
        await walk.DoAsync<SecondRound>(Facilitator, (use, actor) => use.RunAsync(actor, walk.Case, new(Id()), CancellationToken.None));
        await walk.DoAsync<Say>(walk.Readers[0], (use, actor) => use.RunAsync(actor, walk.Case, new(Id(), "Kijk eens naar wat er thuis speelt."), CancellationToken.None));
        await walk.DoAsync<OpenVote>(Facilitator, (use, actor) => use.RunAsync(actor, walk.Case, new(Id()), CancellationToken.None));
        foreach (var (voter, option, concern) in new[] { (walk.Readers[0], VoteOption.Support, 8), (walk.Readers[1], VoteOption.Support, 7), (Owner, VoteOption.Talk, 4) })
        {
            var ballot = new CastVoteCommand(Id(), 2, option, concern, 70, $"Tweede stem van {Marker(voter)}.", $"Veranderd, {Marker(voter)}.");
            await walk.DoAsync<CastVote>(voter, (use, actor) => use.RunAsync(actor, walk.Case, ballot, CancellationToken.None));
        }

        await walk.DoAsync<RevealVotes>(Facilitator, (use, actor) => use.RunAsync(actor, walk.Case, new(Id(), "De derde lezer is ziek."), CancellationToken.None));
        return walk;
    }
}
