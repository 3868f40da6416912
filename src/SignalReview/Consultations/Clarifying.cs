using SignalReview.Cases;
using SignalReview.People;

namespace SignalReview.Consultations;

internal enum ClarifyOutcome
{
    Recorded,
    NotYours,
    NotOpen,
    UnknownQuestion,
    AlreadyAnswered,
    NotAnswered,
    Incomplete,
}

/// <summary>A reader asks; questions only, no advice.</summary>
internal sealed class AskQuestion(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, AskQuestionCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, AskQuestionCommand command, CancellationToken ct)
    {
        var check = new FieldCheck();
        check.Required("question", command.Question);
        var outcome = !work.File.IsActiveReader(work.Me) ? ClarifyOutcome.NotYours
            : !ClarifyingRules.IsOpen(work.File) ? ClarifyOutcome.NotOpen
            : check.Problems.Count > 0 ? ClarifyOutcome.Incomplete
            : ClarifyOutcome.Recorded;
        if (outcome == ClarifyOutcome.Recorded)
        {
            var eventId = work.Append("question.asked", CaseRole.Reader, new QuestionBody(command.Question));
            work.Created = eventId; // what points at the question points at its event: the trail can say which
            await work.ExecuteAsync(
                "consultations/insert_question",
                new { QuestionId = work.Created, CaseId = work.Case, AskedById = work.Me, AskedAt = work.Now, AskedEvent = eventId },
                ct);
        }

        return ClarifyingRules.Refuse(outcome, check.Problems);
    }
}

/// <summary>The submitter answers.</summary>
internal sealed class AnswerQuestion(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, AnswerQuestionCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, AnswerQuestionCommand command, CancellationToken ct)
    {
        var check = new FieldCheck();
        check.Required("answer", command.Answer);
        var question = work.File.Questions.FirstOrDefault(q => q.QuestionId == command.Question);
        var outcome = !ClarifyingRules.IsAskedFor(work) ? ClarifyOutcome.NotYours
            : work.File.IsOver ? ClarifyOutcome.NotOpen
            : question is null ? ClarifyOutcome.UnknownQuestion
            : question.AnsweredAt is not null ? ClarifyOutcome.AlreadyAnswered
            : check.Problems.Count > 0 ? ClarifyOutcome.Incomplete
            : ClarifyOutcome.Recorded;
        if (outcome == ClarifyOutcome.Recorded)
        {
            var eventId = work.Append(
                "question.answered", ClarifyingRules.RoleOf(work), new AnswerBody(command.Question, command.Answer));
            await work.ExecuteAsync(
                "consultations/answer_question",
                new { CaseId = work.Case, QuestionId = command.Question, work.Now, AnsweredEvent = eventId },
                ct);
            await ClarifyingRules.CompleteIfReadyAsync(work, ct);
        }

        return ClarifyingRules.Refuse(outcome, check.Problems);
    }
}

/// <summary>"This helped": the submitter's mark on a question.</summary>
internal sealed class MarkQuestion(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, MarkQuestionCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, MarkQuestionCommand command, CancellationToken ct)
    {
        var question = work.File.Questions.FirstOrDefault(q => q.QuestionId == command.Question);
        var outcome = !ClarifyingRules.IsAskedFor(work) ? ClarifyOutcome.NotYours
            : work.File.IsOver ? ClarifyOutcome.NotOpen
            : question is null ? ClarifyOutcome.UnknownQuestion
            : question.AnsweredAt is null ? ClarifyOutcome.NotAnswered
            : ClarifyOutcome.Recorded;
        if (outcome == ClarifyOutcome.Recorded)
        {
            work.Append("question.marked", ClarifyingRules.RoleOf(work), new MarkBody(command.Question, command.Helped));
            await work.ExecuteAsync(
                "consultations/mark_question", new { CaseId = work.Case, QuestionId = command.Question, command.Helped }, ct);
        }

        return ClarifyingRules.Refuse(outcome, []);
    }
}

/// <summary>A reader has no (more) questions.</summary>
internal sealed class ReadyToRead(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, ReadyToReadCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, ReadyToReadCommand command, CancellationToken ct)
    {
        var outcome = !work.File.IsActiveReader(work.Me) ? ClarifyOutcome.NotYours
            : !ClarifyingRules.IsOpen(work.File) ? ClarifyOutcome.NotOpen
            : ClarifyOutcome.Recorded;
        if (outcome == ClarifyOutcome.Recorded)
        {
            work.Append("reader.ready", CaseRole.Reader, new { });
            await work.ExecuteAsync("consultations/reader_ready", new { CaseId = work.Case, PersonId = work.Me, work.Now }, ct);
            await work.ExecuteAsync("consultations/accept", new { CaseId = work.Case, PersonId = work.Me, work.Now }, ct);
            await work.ExecuteAsync("workflow/cancel_person_deadlines", new { CaseId = work.Case, PersonId = work.Me, work.Now }, ct);
            await ClarifyingRules.CompleteIfReadyAsync(work, ct);
        }

        return ClarifyingRules.Refuse(outcome, []);
    }
}

/// <summary>Ends clarifying before everyone has said to be ready.</summary>
internal sealed class FinishClarifying(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, FinishClarifyingCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static Task<Refusal?> HandleAsync(Work work, FinishClarifyingCommand command, CancellationToken ct)
    {
        var file = work.File;
        var leads = file.Facilitates(work.Me);
        var step = file.OpenStep("Clarify");
        var outcome = !leads && file.Case.OwnerId != work.Me ? ClarifyOutcome.NotYours
            : step is null ? ClarifyOutcome.NotOpen
            : ClarifyOutcome.Recorded;
        if (outcome == ClarifyOutcome.Recorded)
        {
            work.Append("clarifying.finished", leads ? CaseRole.Facilitator : CaseRole.Owner, new { });
            work.Complete(step!, "Done");
        }

        return Task.FromResult(ClarifyingRules.Refuse(outcome, []));
    }
}

internal static class ClarifyingRules
{
    public static bool IsOpen(CaseFile file) => file.OpenStep("Clarify") is not null;

    /// <summary>The submitter, who saw it; or the owner, when the case was handed over.</summary>
    public static bool IsAskedFor(Work work) => work.File.Case.SubmitterId == work.Me || work.File.Case.OwnerId == work.Me;

    public static CaseRole RoleOf(Work work) => work.File.Case.SubmitterId == work.Me ? CaseRole.Submitter : CaseRole.Owner;

    /// <summary>Clarifying ends by itself when every reader is ready and every question is answered.</summary>
    public static async Task CompleteIfReadyAsync(Work work, CancellationToken ct)
    {
        var file = await work.ReloadAsync(ct);
        if (file!.OpenStep("Clarify") is { } step
            && file.Questions.All(q => q.AnsweredAt is not null)
            && file.Invitations.Any(i => i.Active)
            && file.Invitations.Where(i => i.Active).All(i => i.ReadyAt is not null))
        {
            work.Complete(step, "Done");
        }
    }

    public static Refusal? Refuse(ClarifyOutcome outcome, IReadOnlyList<FieldProblem> problems) => outcome switch
    {
        ClarifyOutcome.Recorded => null,
        ClarifyOutcome.NotYours => Refusal.NotYours,
        ClarifyOutcome.NotOpen => Refusal.Conflict("clarifying-not-open"),
        ClarifyOutcome.UnknownQuestion => Refusal.Invalid(new FieldProblem("question", "unknown")),
        ClarifyOutcome.AlreadyAnswered => Refusal.Conflict("question-already-answered"),
        ClarifyOutcome.NotAnswered => Refusal.Conflict("question-not-answered"),
        ClarifyOutcome.Incomplete => Refusal.Invalid(problems),
    };
}

/// <summary>The body of <c>question.asked</c>.</summary>
internal sealed record QuestionBody(string Question);

/// <summary>The body of <c>question.answered</c>.</summary>
internal sealed record AnswerBody(Guid Question, string Answer);

/// <summary>The body of <c>question.marked</c>.</summary>
internal sealed record MarkBody(Guid Question, bool Helped);
