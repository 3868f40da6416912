using System.Text.Json;
using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Rooms.Anonymous;
using SignalReview.Rooms.Tallies;

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
        if (file!.OpenStep("CollectVotes") is not null && file.CurrentRound is { RevealedAt: null } round && AllIn(file, round)
            && await Urns.CanOpenAsync(work, round.Round, ct))
        {
            await RevealAsync(work, round, RevealReason.AllIn, ct);
        }
    }

    /// <summary>
    /// With this voter's ballot those who may vote all have. Judged on <see cref="Work.File"/> as it was before the ballot was written: the case
    /// is held, so nobody else's has come since.
    /// </summary>
    public static bool IsLast(CaseFile file, VoteRoundRow round, PersonId voter)
    {
        var cast = Cast(file, round);
        return file.Voters.All(person => person == voter || cast.Contains(person));
    }

    /// <summary>The deadline came: with the quorum met the ballots are revealed, otherwise the workflow hears that too few are in.</summary>
    public static async Task CompleteAtDeadlineAsync(Work work, OpenStepRow step, CancellationToken ct)
    {
        if (work.File.CurrentRound is { RevealedAt: null } round && VoteQuorum.IsMet(work.File, round)
            && await Urns.CanOpenAsync(work, round.Round, ct))
        {
            await RevealAsync(work, round, RevealReason.Quorum, ct);
        }
        else
        {
            // The workflow hears nothing of ballots that are still blind.
            work.Complete(step, "TooFew", Outputs(VoteTally.Of(VoteMethod.SingleChoice, [], null, []), []));
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
        var missing = VoteQuorum.Missing(file, round);
        var args = new { CaseId = work.Case, round.Round, work.Now, Reason = reason, MissingRoles = VoteQuorum.Text(missing) };
        if (await work.ExecuteAsync("rooms/reveal", args, ct) == 0)
        {
            return false;
        }

        var urn = file.IsDetached(round.Round) ? await SealAsync(work, round, ct) : (Guid?)null;
        file = work.File;
        var ballots = urn is null ? file.BallotsOf(round.Round) : [];
        var body = new VotesRevealedBody(round.Round, reason, why, [.. ballots.Select(b => b.EventId)])
        {
            Urn = urn,
            MissingRoles = missing.Count > 0 ? missing : null,
        };
        if (reason == RevealReason.Early)
        {
            work.Append("votes.revealed", RoomRules.LeadsAs(file), body);
        }
        else
        {
            work.AppendAsSystem("votes.revealed", body); // not the last voter's doing
        }

        await RoomSteps.SetPhaseAsync(work, RoomPhase.Revealed, round.Round, ct);
        work.Complete(step, reason.ToString(), Outputs(Tally(file, round), file.AnswersOf(round)));
        return true;
    }

    /// <summary>What is in the urn becomes known, and then what it comes to.</summary>
    private static async Task<Guid> SealAsync(Work work, VoteRoundRow round, CancellationToken ct)
    {
        var sealedEvent = await Urns.SealAsync(work, round.Round, ct)
            ?? throw new InvalidOperationException($"The urn of round {round.Round} of case {work.Case} cannot be opened.");
        await work.ReloadAsync(ct);
        return sealedEvent;
    }

    public static bool AllIn(CaseFile file, VoteRoundRow round)
    {
        var cast = Cast(file, round);
        return cast.Count > 0 && AnonymityRules.MayOpen(file, round.Round) && file.Voters.All(cast.Contains);
    }

    /// <summary>What a revealed round came to.</summary>
    public static VoteTally Tally(CaseFile file, VoteRoundRow round) =>
        VoteTally.Of(round.Method, VoteOptions.Parse(round.Options), round.Proposal, file.AnswersOf(round));

    private static HashSet<PersonId> Cast(CaseFile file, VoteRoundRow round) => [.. file.BallotsOf(round.Round).Select(b => b.PersonId)];

    private static Dictionary<string, JsonElement> Outputs(VoteTally tally, IReadOnlyList<VoteAnswer> answers) => new(StringComparer.Ordinal)
    {
        ["Agreement"] = JsonSerializer.SerializeToElement(tally.Agreement),
        ["MaxConcern"] = JsonSerializer.SerializeToElement(answers.Max(a => a.Concern) ?? 0),
    };
}

/// <summary>The body of <c>votes.revealed</c>.</summary>
internal sealed record VotesRevealedBody(int Round, RevealReason Reason, string? Why, IReadOnlyList<Guid> Ballots)
{
    /// <summary>Of a detached round: the event that holds its ballots; then there are no others.</summary>
    public Guid? Urn { get; init; }

    /// <summary>Required roles of whom nobody voted: everyone else had. Null when none is missing.</summary>
    public IReadOnlyList<RequiredRole>? MissingRoles { get; init; }
}
