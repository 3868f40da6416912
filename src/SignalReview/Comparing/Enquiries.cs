using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;

namespace SignalReview.Comparing;

internal enum EnquiryOutcome
{
    Done,
    NotYours,
    NotOpen,
    Unknown,
    AlreadyTaken,
    NotTaken,
    AlreadyAnswered,
    Incomplete,
}

/// <summary>Somebody volunteers to look into what would change a reader's mind.</summary>
internal sealed class TakeEnquiry(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, TakeEnquiryCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, TakeEnquiryCommand command, CancellationToken ct)
    {
        var (reading, refused) = await EnquiryRules.FindAsync(work, command.Reading, ct);
        var outcome = refused
            ?? (ComparingRules.EnquiryInto(work.File, reading!) is null ? EnquiryOutcome.Done : EnquiryOutcome.AlreadyTaken);
        if (outcome == EnquiryOutcome.Done)
        {
            work.Append("enquiry.taken", ComparingRules.RoleOf(work), new EnquiryBody(reading!.EventId));
            await work.ExecuteAsync(
                "comparing/take_enquiry", new { CaseId = work.Case, ReadingEvent = reading.EventId, PersonId = work.Me, work.Now }, ct);
        }

        return EnquiryRules.Refuse(outcome, []);
    }
}

/// <summary>Who took it gives it back.</summary>
internal sealed class LeaveEnquiry(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, LeaveEnquiryCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, LeaveEnquiryCommand command, CancellationToken ct)
    {
        var (reading, refused) = await EnquiryRules.FindAsync(work, command.Reading, ct);
        var outcome = refused ?? EnquiryRules.JudgeTaken(work, reading!);
        if (outcome == EnquiryOutcome.Done)
        {
            work.Append("enquiry.left", ComparingRules.RoleOf(work), new EnquiryBody(reading!.EventId));
            var left = await work.ExecuteAsync(
                "comparing/leave_enquiry", new { CaseId = work.Case, ReadingEvent = reading.EventId, PersonId = work.Me }, ct);
            outcome = left == 1 ? EnquiryOutcome.Done : EnquiryOutcome.NotTaken;
        }

        return EnquiryRules.Refuse(outcome, []);
    }
}

/// <summary>What was found, by who looked.</summary>
internal sealed class ReportEnquiry(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, ReportEnquiryCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, ReportEnquiryCommand command, CancellationToken ct)
    {
        var check = new FieldCheck();
        check.Required("found", command.Found);
        var (reading, refused) = await EnquiryRules.FindAsync(work, command.Reading, ct);
        var outcome = refused ?? EnquiryRules.JudgeTaken(work, reading!);
        if (outcome == EnquiryOutcome.Done)
        {
            outcome = check.Problems.Count > 0 ? EnquiryOutcome.Incomplete : await ReportAsync(work, reading!, command.Found, ct);
        }

        return EnquiryRules.Refuse(outcome, check.Problems);
    }

    private static async Task<EnquiryOutcome> ReportAsync(Work work, InterpretationRow reading, string found, CancellationToken ct)
    {
        var eventId = work.Append("enquiry.reported", ComparingRules.RoleOf(work), new EnquiryReportedBody(reading.EventId, found));
        var reported = await work.ExecuteAsync(
            "comparing/report_enquiry",
            new { CaseId = work.Case, ReadingEvent = reading.EventId, PersonId = work.Me, EventId = eventId, work.Now },
            ct);
        return reported == 1 ? EnquiryOutcome.Done : EnquiryOutcome.NotTaken;
    }
}

/// <summary>What it does to the reading, by the reader. The reading itself is never touched.</summary>
internal sealed class AnswerEnquiry(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, AnswerEnquiryCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, AnswerEnquiryCommand command, CancellationToken ct)
    {
        var check = new FieldCheck();
        check.Required("change", command.Change);
        check.Required("reason", command.Reason);
        var (reading, refused) = await EnquiryRules.FindAsync(work, command.Reading, ct);
        var outcome = refused
            ?? (reading!.PersonId != work.Me ? EnquiryOutcome.NotYours
                : ComparingRules.EnquiryInto(work.File, reading) switch
                {
                    { State: EnquiryState.Reported } when check.Problems.Count > 0 => EnquiryOutcome.Incomplete,
                    { State: EnquiryState.Reported } => await AnswerAsync(work, reading, command, ct),
                    { State: EnquiryState.Answered } => EnquiryOutcome.AlreadyAnswered,
                    _ => EnquiryOutcome.NotTaken,
                });
        return EnquiryRules.Refuse(outcome, check.Problems);
    }

    private static async Task<EnquiryOutcome> AnswerAsync(
        Work work, InterpretationRow reading, AnswerEnquiryCommand command, CancellationToken ct)
    {
        var change = command.Change!.Value;
        var eventId = work.Append("enquiry.answered", CaseRole.Reader, new EnquiryAnsweredBody(reading.EventId, change, command.Reason));
        var answered = await work.ExecuteAsync(
            "comparing/answer_enquiry",
            new { CaseId = work.Case, ReadingEvent = reading.EventId, Change = change, EventId = eventId, work.Now },
            ct);
        return answered == 1 ? EnquiryOutcome.Done : EnquiryOutcome.AlreadyAnswered;
    }
}

internal static class EnquiryRules
{
    /// <summary>The reading that is asked about, or why this person has nothing to do with it.</summary>
    public static async Task<(InterpretationRow? Reading, EnquiryOutcome? Refused)> FindAsync(Work work, Guid id, CancellationToken ct)
    {
        if (!ComparingRules.MayTakePart(work.File, work.Me))
        {
            return (null, EnquiryOutcome.NotYours);
        }

        if (!ComparingRules.IsOpen(work.File))
        {
            return (null, EnquiryOutcome.NotOpen);
        }

        return ComparingRules.FindReading(work.File, id) is { } reading && await ComparingRules.QuestionAsync(work, reading, ct) is not null
            ? (reading, null)
            : (null, EnquiryOutcome.Unknown);
    }

    /// <summary>For what only who took it does, while it is not reported.</summary>
    public static EnquiryOutcome JudgeTaken(Work work, InterpretationRow reading) => ComparingRules.EnquiryInto(work.File, reading) switch
    {
        null or { State: not EnquiryState.Taken } => EnquiryOutcome.NotTaken,
        { TakenById: var taker } => taker == work.Me ? EnquiryOutcome.Done : EnquiryOutcome.NotYours,
    };

    public static Refusal? Refuse(EnquiryOutcome outcome, IReadOnlyList<FieldProblem> problems) => outcome switch
    {
        EnquiryOutcome.Done => null,
        EnquiryOutcome.NotYours => Refusal.NotYours,
        EnquiryOutcome.NotOpen => Refusal.Conflict("readings-not-compared"),
        EnquiryOutcome.Unknown => Refusal.Invalid(new FieldProblem("reading", "unknown")),
        EnquiryOutcome.AlreadyTaken => Refusal.Conflict("enquiry-already-taken"),
        EnquiryOutcome.NotTaken => Refusal.Conflict("enquiry-not-taken"),
        EnquiryOutcome.AlreadyAnswered => Refusal.Conflict("enquiry-already-answered"),
        EnquiryOutcome.Incomplete => Refusal.Invalid(problems),
    };
}

/// <summary>The body of <c>enquiry.taken</c> and <c>enquiry.left</c>.</summary>
/// <param name="Interpretation">The event of the reading whose mind it would change.</param>
internal sealed record EnquiryBody(Guid Interpretation);

/// <summary>The body of <c>enquiry.reported</c>.</summary>
internal sealed record EnquiryReportedBody(Guid Interpretation, string Found);

/// <summary>The body of <c>enquiry.answered</c>.</summary>
internal sealed record EnquiryAnsweredBody(Guid Interpretation, ReadingChange Change, string Reason);
