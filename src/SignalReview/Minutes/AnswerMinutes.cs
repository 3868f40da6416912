using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Rooms;

namespace SignalReview.Minutes;

internal enum AnswerMinutesOutcome
{
    Answered,
    NotAsked,
    NotProposed,
    TooLate,
    Incomplete,
}

/// <summary>Somebody who was present approves, or objects in their own words. The last approval fixes the version.</summary>
internal sealed class AnswerMinutes(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, AnswerMinutesCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, AnswerMinutesCommand command, CancellationToken ct)
    {
        var check = new FieldCheck();
        if (command.Agrees)
        {
            check.Lengths("remark", command.Remark);
        }
        else
        {
            check.Required("remark", command.Remark);
        }

        var outcome = Judge(work.File, work.Me, command.Version, check.Problems, work.Now);
        if (outcome == AnswerMinutesOutcome.Answered)
        {
            outcome = await AnswerAsync(work, command, ct);
        }

        return Refuse(outcome, check.Problems);
    }

    private static async Task<AnswerMinutesOutcome> AnswerAsync(Work work, AnswerMinutesCommand command, CancellationToken ct)
    {
        var remark = string.IsNullOrWhiteSpace(command.Remark) ? null : command.Remark;
        var eventId = work.Append(
            "minutes.answered", RoomRules.TakesPartAs(work.File, work.Me), new MinutesAnsweredBody(command.Version, command.Agrees, remark));
        var answered = await work.ExecuteAsync(
            "minutes/answer",
            new { CaseId = work.Case, Number = command.Version, PersonId = work.Me, command.Agrees, EventId = eventId, work.Now },
            ct);
        if (answered == 0)
        {
            return AnswerMinutesOutcome.NotProposed;
        }

        var file = await work.ReloadAsync(ct);
        if (MinutesRules.AllApprove(file!, command.Version))
        {
            await MinutesFixing.FixAsync(work, command.Version, MinutesFixReason.AllApproved, ct);
        }

        return AnswerMinutesOutcome.Answered;
    }

    private static AnswerMinutesOutcome Judge(
        CaseFile file, PersonId me, int version, IReadOnlyList<FieldProblem> problems, DateTimeOffset now)
    {
        if (!file.MayEnterRoom(me) || MinutesRules.AnswersTo(file, version).All(a => a.PersonId != me))
        {
            return AnswerMinutesOutcome.NotAsked;
        }

        if (!MinutesRules.AreOpen(file) || MinutesRules.Proposed(file) is not { } proposed || proposed.Number != version)
        {
            return AnswerMinutesOutcome.NotProposed;
        }

        // Late because of the clock, not because a job ran.
        if (now > proposed.DueAt)
        {
            return AnswerMinutesOutcome.TooLate;
        }

        return problems.Count > 0 ? AnswerMinutesOutcome.Incomplete : AnswerMinutesOutcome.Answered;
    }

    private static Refusal? Refuse(AnswerMinutesOutcome outcome, IReadOnlyList<FieldProblem> problems) => outcome switch
    {
        AnswerMinutesOutcome.Answered => null,
        AnswerMinutesOutcome.NotAsked => Refusal.Forbidden("minutes-not-asked"),
        AnswerMinutesOutcome.NotProposed => Refusal.Conflict("minutes-not-proposed"),
        AnswerMinutesOutcome.TooLate => Refusal.Conflict("minutes-too-late"),
        AnswerMinutesOutcome.Incomplete => Refusal.Invalid(problems),
    };
}

/// <summary>The body of <c>minutes.answered</c>.</summary>
/// <param name="Version">Which.</param>
/// <param name="Agrees">False: objects.</param>
/// <param name="Remark">Always there with an objection.</param>
internal sealed record MinutesAnsweredBody(int Version, bool Agrees, string? Remark);
