using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Rooms.Anonymous;

namespace SignalReview.Consultations;

internal enum SubmitInterpretationOutcome
{
    Recorded,
    NotInvited,
    NotOpen,
    TooLate,
    AlreadyGiven,
    Incomplete,
}

/// <summary>Takes one colleague's blind reading.</summary>
internal sealed class SubmitInterpretation(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, SubmitInterpretationCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, SubmitInterpretationCommand command, CancellationToken ct)
    {
        var reading = command.Interpretation;
        var problems = InterpretationRules.Problems(reading);
        var outcome = Judge(work.File, work.Me, problems, work.Now);
        if (outcome != SubmitInterpretationOutcome.Recorded)
        {
            return Refuse(outcome, problems);
        }

        var eventId = work.Append("interpretation.submitted", CaseRole.Reader, reading);
        // The primary key (case, person) has the last word on "once".
        await work.ExecuteAsync(
            "consultations/insert_interpretation",
            new
            {
                CaseId = work.Case,
                PersonId = work.Me,
                EventId = eventId,
                reading.Kind,
                reading.ReadingPosition,
                reading.Concern,
                reading.Confidence,
                SubmittedAt = work.Now,
            },
            ct);
        if (work.File.ReadingAnonymity != Anonymity.Named)
        {
            await Pseudonyms.AssignAsync(work, PseudonymKind.Reading, ct);
        }

        // Who reads has accepted.
        await work.ExecuteAsync("consultations/accept", new { CaseId = work.Case, PersonId = work.Me, work.Now }, ct);
        await work.ExecuteAsync("workflow/cancel_person_deadlines", new { CaseId = work.Case, PersonId = work.Me, work.Now }, ct);
        await work.ExecuteAsync("signals/delete_draft", new { CaseId = work.Case, PersonId = work.Me, Kind = Signals.DraftKind.Interpretation }, ct);
        await InterpretationRound.CompleteIfAllInAsync(work, ct);
        return null;
    }

    private static SubmitInterpretationOutcome Judge(CaseFile file, PersonId me, IReadOnlyList<FieldProblem> problems, DateTimeOffset now)
    {
        if (!file.IsActiveReader(me))
        {
            return SubmitInterpretationOutcome.NotInvited;
        }

        if (file.Interpretations.Any(i => i.PersonId == me))
        {
            return SubmitInterpretationOutcome.AlreadyGiven;
        }

        if (file.OpenStep("CollectInterpretations") is not { } step)
        {
            return SubmitInterpretationOutcome.NotOpen;
        }

        // Late because of the clock, not because a job ran.
        if (now > step.DueAt)
        {
            return SubmitInterpretationOutcome.TooLate;
        }

        return problems.Count > 0 ? SubmitInterpretationOutcome.Incomplete : SubmitInterpretationOutcome.Recorded;
    }

    private static Refusal? Refuse(SubmitInterpretationOutcome outcome, IReadOnlyList<FieldProblem> problems) => outcome switch
    {
        SubmitInterpretationOutcome.Recorded => null,
        SubmitInterpretationOutcome.NotInvited => Refusal.Forbidden("not-a-reader"),
        SubmitInterpretationOutcome.NotOpen => Refusal.Conflict("reading-not-open"),
        SubmitInterpretationOutcome.TooLate => Refusal.Conflict("reading-too-late"),
        SubmitInterpretationOutcome.AlreadyGiven => Refusal.Conflict("reading-already-given"),
        SubmitInterpretationOutcome.Incomplete => Refusal.Invalid(problems),
    };
}
