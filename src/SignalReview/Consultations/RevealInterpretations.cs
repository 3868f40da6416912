using SignalReview.Cases;
using SignalReview.People;

namespace SignalReview.Consultations;

internal enum RevealInterpretationsOutcome
{
    Revealed,
    NotTheFacilitator,
    NotOpen,
    TooFew,
    Incomplete,
}

/// <summary>The facilitator reveals before all are in. Irreversible, like every reveal.</summary>
internal sealed class RevealInterpretations(CommandRunner commands)
{
    /// <summary>One reading alone would be compared with nothing, and would be known to be whose it is.</summary>
    private const int Fewest = 2;

    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, RevealInterpretationsCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static Task<Refusal?> HandleAsync(Work work, RevealInterpretationsCommand command, CancellationToken ct)
    {
        var file = work.File;
        var step = file.OpenStep("CollectInterpretations");
        var outcome = !file.Facilitates(work.Me) ? RevealInterpretationsOutcome.NotTheFacilitator
            : step is null ? RevealInterpretationsOutcome.NotOpen
            : file.Interpretations.Count < Fewest ? RevealInterpretationsOutcome.TooFew
            : string.IsNullOrWhiteSpace(command.Reason) ? RevealInterpretationsOutcome.Incomplete
            : RevealInterpretationsOutcome.Revealed;
        if (outcome == RevealInterpretationsOutcome.Revealed)
        {
            work.Append("reveal.asked", CaseRole.Facilitator, new RevealAskedBody(command.Reason));
            work.EarlyReveal = true;
            work.Complete(step!, "Early");
        }

        return Task.FromResult(Refuse(outcome));
    }

    private static Refusal? Refuse(RevealInterpretationsOutcome outcome) => outcome switch
    {
        RevealInterpretationsOutcome.Revealed => null,
        RevealInterpretationsOutcome.NotTheFacilitator => Refusal.NotYours,
        RevealInterpretationsOutcome.NotOpen => Refusal.Conflict("reading-not-open"),
        RevealInterpretationsOutcome.TooFew => Refusal.Conflict("too-few-readings"),
        RevealInterpretationsOutcome.Incomplete => Refusal.Invalid(new FieldProblem("reason", "required")),
    };
}

/// <summary>The body of <c>reveal.asked</c>.</summary>
internal sealed record RevealAskedBody(string Reason);
