using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Workflow;

namespace SignalReview.Minutes;

internal enum ProposeMinutesOutcome
{
    Proposed,
    NotYours,
    NotOpen,
    RoomStillOpen,
    AlreadyProposed,
    OutOfRange,
}

/// <summary>Fixes what the minutes say now, facts and texts, as a version that those who were present are asked to approve.</summary>
internal sealed class ProposeMinutes(CommandRunner commands)
{
    private const int MostDays = 10;

    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, ProposeMinutesCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, ProposeMinutesCommand command, CancellationToken ct)
    {
        var outcome = Judge(work.File, work.Me, command.WorkingDays);
        if (outcome == ProposeMinutesOutcome.Proposed)
        {
            await ProposeAsync(work, command.WorkingDays, ct);
        }

        return Refuse(outcome);
    }

    private static async Task ProposeAsync(Work work, int days, CancellationToken ct)
    {
        var file = work.File;
        var number = file.MinutesVersions.Count + 1;
        var asked = MinutesRules.Asked(file, work.Me);
        var calendar = await TeamHours.LoadAsync(work.Db, file.Case.Team, ct);
        var due = WorkingTime.Add(calendar, work.Now, (calendar.End - calendar.Start) * days);
        var facts = await MinutesFacts.LoadAsync(work.Db, work.Dossier, file, ct);
        var eventId = work.Append(
            "minutes.proposed",
            MinutesRules.WritesAs(file, work.Me),
            new MinutesProposedBody(number, due, asked, facts, [.. MinutesRules.LatestNotes(file).Select(n => n.EventId)]));
        await work.ExecuteAsync(
            "minutes/insert_version",
            new { CaseId = work.Case, Number = number, EventId = eventId, PersonId = work.Me, work.Now, DueAt = due },
            ct);
        foreach (var person in asked)
        {
            await work.ExecuteAsync("minutes/ask", new { CaseId = work.Case, Number = number, PersonId = person }, ct);
        }

        work.Created = eventId;
        if (asked.Count == 0)
        {
            await MinutesFixing.FixAsync(work, number, MinutesFixReason.NobodyToAsk, ct);
        }
        else
        {
            await OpenSteps.AddDeadlineAsync(work, DeadlineKind.Minutes, node: null, person: null, due, ct);
        }
    }

    private static ProposeMinutesOutcome Judge(CaseFile file, PersonId me, int days)
    {
        if (!MinutesRules.MayWrite(file, me))
        {
            return ProposeMinutesOutcome.NotYours;
        }

        if (!MinutesRules.AreOpen(file))
        {
            return ProposeMinutesOutcome.NotOpen;
        }

        if (!MinutesRules.IsRoomClosed(file))
        {
            return ProposeMinutesOutcome.RoomStillOpen;
        }

        if (MinutesRules.Proposed(file) is not null)
        {
            return ProposeMinutesOutcome.AlreadyProposed;
        }

        return days is < 1 or > MostDays ? ProposeMinutesOutcome.OutOfRange : ProposeMinutesOutcome.Proposed;
    }

    private static Refusal? Refuse(ProposeMinutesOutcome outcome) => outcome switch
    {
        ProposeMinutesOutcome.Proposed => null,
        ProposeMinutesOutcome.NotYours => Refusal.Forbidden("minutes-not-yours"),
        ProposeMinutesOutcome.NotOpen => Refusal.Conflict("minutes-not-open"),
        ProposeMinutesOutcome.RoomStillOpen => Refusal.Conflict("minutes-room-open"),
        ProposeMinutesOutcome.AlreadyProposed => Refusal.Conflict("minutes-already-proposed"),
        ProposeMinutesOutcome.OutOfRange => Refusal.Invalid(new FieldProblem("workingDays", "range")),
    };
}

/// <summary>The body of <c>minutes.proposed</c>.</summary>
/// <param name="Version">From 1.</param>
/// <param name="DueAt">Later answers are refused.</param>
/// <param name="Asked">Those who were present, but for who proposes.</param>
/// <param name="Facts">As they were then.</param>
/// <param name="Notes">The events whose texts stand beside the facts.</param>
internal sealed record MinutesProposedBody(
    int Version, DateTimeOffset DueAt, IReadOnlyList<PersonId> Asked, MinutesFacts Facts, IReadOnlyList<Guid> Notes);
