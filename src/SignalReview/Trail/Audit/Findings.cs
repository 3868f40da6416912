using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Storage;

namespace SignalReview.Trail.Audit;

/// <summary>How much a finding matters.</summary>
public enum FindingSeverity
{
    /// <summary>Something to know.</summary>
    Remark,

    /// <summary>Something to do better.</summary>
    Minor,

    /// <summary>Something that must not stay so.</summary>
    Serious,
}

/// <summary>Where a finding is.</summary>
public enum FindingState
{
    /// <summary>Waits for a reply.</summary>
    Open,

    /// <summary>Was replied to, and waits for its auditor.</summary>
    Answered,

    /// <summary>Its auditor has said what came of it.</summary>
    Closed,

    /// <summary>Another stands in its place. What it said stays.</summary>
    Superseded,
}

/// <summary>An auditor writes down what they found.</summary>
/// <param name="CommandId">Made by the client.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Text">What was found.</param>
/// <param name="Question">What the auditor wants to know of who answers for the case.</param>
/// <param name="AboutSeq">The number of the event that it is about; null: the case as a whole.</param>
/// <param name="Sample">The sample in which it came up.</param>
public sealed record RaiseFindingCommand(Guid CommandId, FindingSeverity? Severity, string Text, string? Question = null, long? AboutSeq = null, Guid? Sample = null) : ICommand;

/// <summary>The owner of the case or a coordinator replies.</summary>
public sealed record ReplyToFindingCommand(Guid CommandId, Guid Finding, string Text) : ICommand;

/// <summary>Puts another finding in the place of one: what was written is never changed.</summary>
public sealed record ReviseFindingCommand(Guid CommandId, Guid Finding, FindingSeverity? Severity, string Text, string? Question = null) : ICommand;

/// <summary>The auditor says what came of it.</summary>
public sealed record CloseFindingCommand(Guid CommandId, Guid Finding, string Conclusion) : ICommand;

/// <summary>The body of <c>finding.raised</c>. What it replaces is named by its event, as all that follows names this one: the trail knows events, not rows.</summary>
internal sealed record FindingRaisedBody(
    FindingSeverity Severity, string Text, string? Question, long? AboutSeq, Guid? Sample, Guid? Replaces);

/// <summary>The body of <c>finding.replied</c>.</summary>
internal sealed record FindingRepliedBody(Guid Finding, string Text);

/// <summary>The body of <c>finding.closed</c>.</summary>
internal sealed record FindingClosedBody(Guid Finding, string Conclusion);

/// <summary>Who may do what with a finding. Pure.</summary>
internal static class FindingRules
{
    public static bool IsOpen(FindingRow finding) => finding.State is FindingState.Open or FindingState.Answered;

    public static bool MayRaise(Actor actor) => actor.Is(Role.Auditor);

    /// <summary>Who answers for the case; not the auditor who asks, when that is the same person.</summary>
    public static bool MayReply(CaseFile file, Actor actor) => file.Case.OwnerId == actor.Person || actor.Is(Role.Coordinator);

    /// <summary>Whoever raised it, as long as it is open.</summary>
    public static bool MayJudge(FindingRow finding, Actor actor) => actor.Is(Role.Auditor) && finding.RaisedById == actor.Person && IsOpen(finding);

    public static bool MayRead(IReadOnlySet<CaseRole> roles) =>
        roles.Contains(CaseRole.Owner) || roles.Contains(CaseRole.Coordinator) || roles.Contains(CaseRole.Auditor);
}

internal enum FindingOutcome
{
    Done,
    NotYours,
    NoSuchFinding,
    NotOpen,
    Incomplete,
}

/// <summary>Writes findings: raised, revised, replied to, closed.</summary>
internal sealed class Findings(CommandRunner commands)
{
    public Task<CommandResult> RaiseAsync(Actor actor, CaseId caseId, RaiseFindingCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, RaiseAsync, ct);

    public Task<CommandResult> ReplyAsync(Actor actor, CaseId caseId, ReplyToFindingCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, ReplyAsync, ct);

    public Task<CommandResult> ReviseAsync(Actor actor, CaseId caseId, ReviseFindingCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, ReviseAsync, ct);

    public Task<CommandResult> CloseAsync(Actor actor, CaseId caseId, CloseFindingCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, CloseAsync, ct);

    private static async Task<Refusal?> RaiseAsync(Work work, RaiseFindingCommand command, CancellationToken ct)
    {
        var check = Check(command.Severity, command.Text, command.Question);
        if (command.AboutSeq is { } seq && (seq < 1 || seq > await work.Db.ScalarAsync<long>("trail/dossier_seq", new { CaseId = work.Case }, ct)))
        {
            check.Add("aboutSeq", "unknown");
        }

        if (command.Sample is { } sample && await work.Db.FirstOrDefaultAsync<Guid?>("audit/sample_exists", new { SampleId = sample }, ct) is null)
        {
            check.Add("sample", "unknown");
        }

        if (!FindingRules.MayRaise(work.Actor))
        {
            return Refuse(FindingOutcome.NotYours, check);
        }

        if (check.Problems.Count > 0)
        {
            return Refuse(FindingOutcome.Incomplete, check);
        }

        await InsertAsync(work, new(command.Severity!.Value, command.Text.Trim(), Words(command.Question), command.AboutSeq, command.Sample, null), null, ct);
        return null;
    }

    private static async Task<Refusal?> ReviseAsync(Work work, ReviseFindingCommand command, CancellationToken ct)
    {
        var check = Check(command.Severity, command.Text, command.Question);
        var finding = Find(work, command.Finding);
        var outcome = Judge(finding, f => FindingRules.MayJudge(f, work.Actor), work.Actor.Is(Role.Auditor), check);
        if (outcome == FindingOutcome.Done
            && await work.ExecuteAsync("audit/supersede_finding", new { FindingId = command.Finding, CaseId = work.Case, PersonId = work.Me }, ct) == 0)
        {
            outcome = FindingOutcome.NotOpen;
        }

        if (outcome == FindingOutcome.Done)
        {
            await InsertAsync(
                work,
                new(command.Severity!.Value, command.Text.Trim(), Words(command.Question), finding!.AboutSeq, finding.SampleId, finding.RaisedEvent),
                finding.FindingId,
                ct);
        }

        return Refuse(outcome, check);
    }

    private static async Task<Refusal?> ReplyAsync(Work work, ReplyToFindingCommand command, CancellationToken ct)
    {
        var check = new FieldCheck();
        check.Required("text", command.Text);
        var may = FindingRules.MayReply(work.File, work.Actor);
        var finding = Find(work, command.Finding);
        var outcome = Judge(finding, f => may && FindingRules.IsOpen(f), may, check);
        if (outcome == FindingOutcome.Done
            && await work.ExecuteAsync("audit/answer_finding", new { FindingId = command.Finding, CaseId = work.Case }, ct) == 0)
        {
            outcome = FindingOutcome.NotOpen;
        }

        if (outcome == FindingOutcome.Done)
        {
            var role = work.File.Case.OwnerId == work.Me ? CaseRole.Owner : CaseRole.Coordinator;
            var replied = work.Append("finding.replied", role, new FindingRepliedBody(finding!.RaisedEvent, command.Text.Trim()));
            await work.ExecuteAsync(
                "audit/insert_finding_reply", new { EventId = replied, FindingId = command.Finding, PersonId = work.Me, work.Now }, ct);
        }

        return Refuse(outcome, check);
    }

    private static async Task<Refusal?> CloseAsync(Work work, CloseFindingCommand command, CancellationToken ct)
    {
        var check = new FieldCheck();
        check.Required("conclusion", command.Conclusion);
        var finding = Find(work, command.Finding);
        var outcome = Judge(finding, f => FindingRules.MayJudge(f, work.Actor), work.Actor.Is(Role.Auditor), check);
        if (outcome == FindingOutcome.Done)
        {
            var closed = work.Append("finding.closed", CaseRole.Auditor, new FindingClosedBody(finding!.RaisedEvent, command.Conclusion.Trim()));
            var rows = await work.ExecuteAsync(
                "audit/close_finding", new { FindingId = command.Finding, CaseId = work.Case, PersonId = work.Me, work.Now, EventId = closed }, ct);
            outcome = rows == 1 ? outcome : FindingOutcome.NotOpen;
        }

        return Refuse(outcome, check);
    }

    private static async Task InsertAsync(Work work, FindingRaisedBody body, Guid? replaces, CancellationToken ct)
    {
        var raised = work.Append("finding.raised", CaseRole.Auditor, body);
        var id = work.NewId();
        work.Created = id;
        await work.ExecuteAsync(
            "audit/insert_finding",
            new
            {
                FindingId = id,
                CaseId = work.Case,
                body.AboutSeq,
                SampleId = body.Sample,
                body.Severity,
                State = FindingState.Open,
                PersonId = work.Me,
                work.Now,
                EventId = raised,
                ReplacesId = replaces,
            },
            ct);
    }

    private static FieldCheck Check(FindingSeverity? severity, string? text, string? question)
    {
        var check = new FieldCheck();
        check.Required("severity", severity);
        check.Required("text", text);
        check.Lengths("question", question);
        return check;
    }

    private static FindingRow? Find(Work work, Guid id) => work.File.Findings.FirstOrDefault(f => f.FindingId == id);

    private static FindingOutcome Judge(FindingRow? finding, Func<FindingRow, bool> may, bool role, FieldCheck check)
    {
        if (!role)
        {
            return FindingOutcome.NotYours;
        }

        if (finding is null)
        {
            return FindingOutcome.NoSuchFinding;
        }

        if (!FindingRules.IsOpen(finding))
        {
            return FindingOutcome.NotOpen;
        }

        return !may(finding) ? FindingOutcome.NotYours : check.Problems.Count > 0 ? FindingOutcome.Incomplete : FindingOutcome.Done;
    }

    private static Refusal? Refuse(FindingOutcome outcome, FieldCheck check) => outcome switch
    {
        FindingOutcome.Done => null,
        FindingOutcome.NotYours => Refusal.NotYours,
        FindingOutcome.NoSuchFinding => new("finding-not-found", RefusalKind.NotFound),
        FindingOutcome.NotOpen => Refusal.Conflict("finding-not-open"),
        FindingOutcome.Incomplete => Refusal.Invalid(check.Problems),
    };

    private static string? Words(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
