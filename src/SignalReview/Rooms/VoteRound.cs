using System.Text.Json;
using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;

namespace SignalReview.Rooms;

/// <summary>When the ballots of a round are all in, and how they are revealed: once, and for all at the same time.</summary>
internal static class VoteRound
{
    /// <summary>
    /// Reveals and completes the step when everyone who may vote has. Also called when the roster changes, in that change's transaction.
    /// </summary>
    public static async Task CompleteIfAllInAsync(Work work, CancellationToken ct)
    {
        var file = await work.ReloadAsync(ct);
        if (file!.OpenStep("CollectVotes") is not null && file.CurrentRound is { RevealedAt: null } round && AllIn(file, round))
        {
            await RevealAsync(work, round, RevealReason.AllIn, ct);
        }
    }

    /// <summary>The deadline came: with the quorum met the ballots are revealed, otherwise the workflow hears that too few are in.</summary>
    public static async Task CompleteAtDeadlineAsync(Work work, OpenStepRow step, CancellationToken ct)
    {
        if (work.File.CurrentRound is { RevealedAt: null } round && QuorumMet(work.File, round))
        {
            await RevealAsync(work, round, RevealReason.Quorum, ct);
        }
        else
        {
            // The workflow hears nothing of ballots that are still blind.
            work.Complete(step, "TooFew", Outputs([]));
        }
    }

    /// <summary>
    /// Reveals a round and completes the step, with what the workflow may branch on. Judged on <see cref="Work.File"/>: reload it after
    /// writing a ballot.
    /// </summary>
    /// <param name="work">The case.</param>
    /// <param name="round">The open round.</param>
    /// <param name="reason">Why now; its name is the step's outcome.</param>
    /// <param name="ct">The caller's token.</param>
    /// <param name="why">The facilitator's own reason, for an early reveal.</param>
    /// <returns>False when somebody else revealed it first.</returns>
    public static async Task<bool> RevealAsync(Work work, VoteRoundRow round, RevealReason reason, CancellationToken ct, string? why = null)
    {
        var file = work.File;
        var step = file.OpenStep("CollectVotes")
            ?? throw new InvalidOperationException($"Round {round.Round} of case {work.Case} is open, but nothing waits for its votes.");
        if (await work.ExecuteAsync("rooms/reveal", new { CaseId = work.Case, round.Round, work.Now, Reason = reason }, ct) == 0)
        {
            return false;
        }

        var ballots = file.BallotsOf(round.Round).ToList();
        var body = new VotesRevealedBody(round.Round, reason, why, [.. ballots.Select(b => b.EventId)]);
        if (reason == RevealReason.Early)
        {
            work.Append("votes.revealed", RoomRules.LeadsAs(file), body);
        }
        else
        {
            work.AppendAsSystem("votes.revealed", body); // not the last voter's doing
        }

        await RoomSteps.SetPhaseAsync(work, RoomPhase.Revealed, round.Round, ct);
        work.Complete(step, reason.ToString(), Outputs(ballots));
        return true;
    }

    public static bool AllIn(CaseFile file, VoteRoundRow round)
    {
        var cast = Cast(file, round);
        return cast.Count > 0 && file.Voters.All(cast.Contains);
    }

    /// <summary>
    /// The quorum counts people who are present: who voted or said that they abstain, and is still on the case. One of them at least is a
    /// reader; the owner and the submitter alone consult nobody.
    /// </summary>
    public static bool QuorumMet(CaseFile file, VoteRoundRow round)
    {
        var present = file.Voters.Intersect(Cast(file, round)).ToList();
        return present.Count >= round.Quorum && present.Exists(file.IsActiveReader);
    }

    /// <summary>The options with the most votes in a round; more than one when they tie, none when everyone abstained.</summary>
    public static IReadOnlySet<VoteOption> Leaders(CaseFile file, VoteRoundRow round)
    {
        var counts = file.BallotsOf(round.Round).Select(b => b.Choice).OfType<VoteOption>().CountBy(c => c).ToList();
        var most = counts.Count == 0 ? 0 : counts.Max(c => c.Value);
        return counts.Where(c => c.Value == most).Select(c => c.Key).ToHashSet();
    }

    private static HashSet<PersonId> Cast(CaseFile file, VoteRoundRow round) => [.. file.BallotsOf(round.Round).Select(b => b.PersonId)];

    private static Dictionary<string, JsonElement> Outputs(IReadOnlyList<BallotRow> ballots) => new(StringComparer.Ordinal)
    {
        ["Agreement"] = JsonSerializer.SerializeToElement(Agreement(ballots)),
        ["MaxConcern"] = JsonSerializer.SerializeToElement(ballots.Max(b => b.Concern) ?? 0),
    };

    /// <summary>Percentage of the ballots with a choice that went to the largest option.</summary>
    private static int Agreement(IReadOnlyList<BallotRow> ballots)
    {
        var choices = ballots.Select(b => b.Choice).OfType<VoteOption>().ToList();
        return choices.Count == 0
            ? 0
            : (int)Math.Round(100.0 * choices.CountBy(c => c).Max(c => c.Value) / choices.Count, MidpointRounding.AwayFromZero);
    }
}

/// <summary>The body of <c>votes.revealed</c>.</summary>
internal sealed record VotesRevealedBody(int Round, RevealReason Reason, string? Why, IReadOnlyList<Guid> Ballots);
