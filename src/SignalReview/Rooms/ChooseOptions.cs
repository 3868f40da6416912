using SignalReview.Cases;
using SignalReview.People;

namespace SignalReview.Rooms;

internal enum ChooseOptionsOutcome
{
    Chosen,
    NotTheFacilitator,
    NotOpen,
    Frozen,
    TooFew,
    Unknown,
    NoProposal,
}

/// <summary>Chooses how the open round is voted and what may be chosen, until somebody has.</summary>
internal sealed class ChooseOptions(CommandRunner commands)
{
    private const int Fewest = 2;

    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, ChooseOptionsCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, ChooseOptionsCommand command, CancellationToken ct)
    {
        var outcome = Judge(work.File, work.Me, command);
        if (outcome == ChooseOptionsOutcome.Chosen)
        {
            outcome = await ChooseAsync(work, work.File.CurrentRound!, command, ct);
        }

        return Refuse(outcome);
    }

    private static async Task<ChooseOptionsOutcome> ChooseAsync(Work work, VoteRoundRow round, ChooseOptionsCommand command, CancellationToken ct)
    {
        var method = command.Method ?? round.Method;
        var options = command.Options is { Count: > 0 } chosen ? VoteOptions.Text(chosen) : round.Options;
        var proposal = method == VoteMethod.Consent ? command.Proposal : null;
        work.Append("options.chosen", RoomRules.LeadsAs(work.File), new OptionsChosenBody(round.Round, VoteOptions.Parse(options)) { Method = method, Proposal = proposal });
        var changed = await work.ExecuteAsync(
            "rooms/choose_options", new { CaseId = work.Case, round.Round, Method = method, Proposal = proposal, Options = options }, ct);
        return changed == 1 ? ChooseOptionsOutcome.Chosen : ChooseOptionsOutcome.Frozen;
    }

    private static ChooseOptionsOutcome Judge(CaseFile file, PersonId me, ChooseOptionsCommand command)
    {
        if (!RoomRules.Leads(file, me))
        {
            return ChooseOptionsOutcome.NotTheFacilitator;
        }

        if (file.OpenStep("CollectVotes") is null || file.CurrentRound is not { RevealedAt: null } round)
        {
            return ChooseOptionsOutcome.NotOpen;
        }

        if (file.BallotsOf(round.Round).Any())
        {
            return ChooseOptionsOutcome.Frozen;
        }

        var method = command.Method ?? round.Method;
        return method == VoteMethod.Consent && command.Proposal is null
            ? ChooseOptionsOutcome.NoProposal
            : Options(command.Options, mayBeEmpty: method == VoteMethod.Consent);
    }

    private static ChooseOptionsOutcome Options(IReadOnlyList<VoteOption>? options, bool mayBeEmpty)
    {
        if (options is null or { Count: 0 } && mayBeEmpty)
        {
            return ChooseOptionsOutcome.Chosen;
        }

        if (options is null || options.Distinct().Count() < Fewest)
        {
            return ChooseOptionsOutcome.TooFew;
        }

        return options.All(Enum.IsDefined) ? ChooseOptionsOutcome.Chosen : ChooseOptionsOutcome.Unknown;
    }

    private static Refusal? Refuse(ChooseOptionsOutcome outcome) => outcome switch
    {
        ChooseOptionsOutcome.Chosen => null,
        ChooseOptionsOutcome.NotTheFacilitator => Refusal.NotYours,
        ChooseOptionsOutcome.NotOpen => Refusal.Conflict("vote-not-open"),
        ChooseOptionsOutcome.Frozen => Refusal.Conflict("options-frozen"),
        ChooseOptionsOutcome.TooFew => Refusal.Invalid(new FieldProblem("options", "tooFew")),
        ChooseOptionsOutcome.Unknown => Refusal.Invalid(new FieldProblem("options", "unknown")),
        ChooseOptionsOutcome.NoProposal => Refusal.Invalid(new FieldProblem("proposal", "required")),
    };
}

/// <summary>The body of <c>options.chosen</c>.</summary>
internal sealed record OptionsChosenBody(int Round, IReadOnlyList<VoteOption> Options)
{
    /// <summary>Null in bodies from before there was more than one: a single choice.</summary>
    public VoteMethod? Method { get; init; }

    public VoteOption? Proposal { get; init; }
}
