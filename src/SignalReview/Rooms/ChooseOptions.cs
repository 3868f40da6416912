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
}

/// <summary>Chooses what may be chosen in the open round, until somebody has.</summary>
internal sealed class ChooseOptions(CommandRunner commands)
{
    private const int Fewest = 2;

    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, ChooseOptionsCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, ChooseOptionsCommand command, CancellationToken ct)
    {
        var outcome = Judge(work.File, work.Me, command.Options);
        if (outcome == ChooseOptionsOutcome.Chosen)
        {
            outcome = await ChooseAsync(work, work.File.CurrentRound!.Round, command.Options, ct);
        }

        return Refuse(outcome);
    }

    private static async Task<ChooseOptionsOutcome> ChooseAsync(
        Work work, int round, IReadOnlyList<VoteOption> options, CancellationToken ct)
    {
        var text = VoteOptions.Text(options);
        work.Append("options.chosen", RoomRules.LeadsAs(work.File), new OptionsChosenBody(round, VoteOptions.Parse(text)));
        var changed = await work.ExecuteAsync("rooms/choose_options", new { CaseId = work.Case, Round = round, Options = text }, ct);
        return changed == 1 ? ChooseOptionsOutcome.Chosen : ChooseOptionsOutcome.Frozen;
    }

    private static ChooseOptionsOutcome Judge(CaseFile file, PersonId me, IReadOnlyList<VoteOption>? options)
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
    };
}

/// <summary>The body of <c>options.chosen</c>.</summary>
internal sealed record OptionsChosenBody(int Round, IReadOnlyList<VoteOption> Options);
