using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Trail;

namespace SignalReview.Minutes;

internal enum EditMinutesOutcome
{
    Noted,
    NotYours,
    NotOpen,
    MovedOn,
    Incomplete,
}

/// <summary>Writes beside the facts. Each text is kept; what lies for approval is taken back, because it would no longer be what was approved.</summary>
internal sealed class EditMinutes(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, EditMinutesCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, EditMinutesCommand command, CancellationToken ct)
    {
        var last = work.File.MinutesNotes.LastOrDefault(n => n.Section == command.Section);
        var check = new FieldCheck();
        check.Lengths("text", command.Text);
        check.Required<MinutesSection>("section", command.Section);
        if (last is null)
        {
            check.Required("text", command.Text);
        }

        var outcome = Judge(work.File, work.Me, command, last, check.Problems);
        if (outcome == EditMinutesOutcome.Noted && await DiffersAsync(work, command, last, ct))
        {
            await NoteAsync(work, command, ct);
        }

        return Refuse(outcome, check.Problems);
    }

    /// <summary>Saving it as it was changes nothing, and costs nobody their approval.</summary>
    private static async Task<bool> DiffersAsync(Work work, EditMinutesCommand command, MinutesNoteRow? last, CancellationToken ct) =>
        last is null
        || (await TrailBodies.ReadAsync<MinutesNotedBody>(work.Db, work.Dossier, last.EventId, ct))?.Text != command.Text;

    private static async Task NoteAsync(Work work, EditMinutesCommand command, CancellationToken ct)
    {
        await MinutesFixing.TakeBackAsync(work, ct);
        var eventId = work.Append(
            "minutes.noted", MinutesRules.WritesAs(work.File, work.Me), new MinutesNotedBody(command.Section, command.Text));
        await work.ExecuteAsync(
            "minutes/insert_note",
            new { CaseId = work.Case, command.Section, Number = command.After + 1, EventId = eventId, PersonId = work.Me, work.Now },
            ct);
        work.Created = eventId;
    }

    private static EditMinutesOutcome Judge(
        CaseFile file, PersonId me, EditMinutesCommand command, MinutesNoteRow? last, IReadOnlyList<FieldProblem> problems)
    {
        if (!MinutesRules.MayWrite(file, me))
        {
            return EditMinutesOutcome.NotYours;
        }

        if (!MinutesRules.AreOpen(file))
        {
            return EditMinutesOutcome.NotOpen;
        }

        if (problems.Count > 0)
        {
            return EditMinutesOutcome.Incomplete;
        }

        return command.After == (last?.Number ?? 0) ? EditMinutesOutcome.Noted : EditMinutesOutcome.MovedOn;
    }

    private static Refusal? Refuse(EditMinutesOutcome outcome, IReadOnlyList<FieldProblem> problems) => outcome switch
    {
        EditMinutesOutcome.Noted => null,
        EditMinutesOutcome.NotYours => Refusal.Forbidden("minutes-not-yours"),
        EditMinutesOutcome.NotOpen => Refusal.Conflict("minutes-not-open"),
        EditMinutesOutcome.MovedOn => Refusal.Conflict("minutes-moved-on"),
        EditMinutesOutcome.Incomplete => Refusal.Invalid(problems),
    };
}

/// <summary>The body of <c>minutes.noted</c>.</summary>
internal sealed record MinutesNotedBody(MinutesSection Section, string Text);
