using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Signals;

namespace SignalReview.Rooms.Anonymous;

internal enum TightenAnonymityOutcome
{
    Tightened,
    NotTheFacilitator,
    NotRunning,
    Loosens,
    AlreadyGiven,
    Incomplete,
}

/// <summary>
/// Makes a case tell less of who wrote what, for what has not been written yet. Never more: people wrote trusting what they had been told.
/// </summary>
internal sealed class TightenAnonymity(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, TightenAnonymityCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, TightenAnonymityCommand command, CancellationToken ct)
    {
        var check = new FieldCheck();
        check.Required("reason", command.Reason);
        var outcome = Judge(work, command, check.Problems);
        if (outcome == TightenAnonymityOutcome.Tightened)
        {
            await TightenAsync(work, command, ct);
        }

        return Refuse(outcome, check.Problems);
    }

    private static async Task TightenAsync(Work work, TightenAnonymityCommand command, CancellationToken ct)
    {
        var (readings, votes) = AnonymityRules.Tightened(work.File, command.Mode);
        await work.ExecuteAsync("anonymity/tighten", new { CaseId = work.Case, Readings = readings, Votes = votes }, ct);
        if (votes == Anonymity.Detached)
        {
            // A draft lies under its writer's id, and would tell afterwards who wrote these words.
            await work.ExecuteAsync("anonymity/delete_drafts", new { CaseId = work.Case, Kind = DraftKind.Vote }, ct);
            work.LeavesNoTrace = true;
        }

        var role = RoomRules.Leads(work.File, work.Me) ? RoomRules.LeadsAs(work.File) : CaseRole.Owner;
        work.Append("anonymity.tightened", role, new AnonymityTightenedBody(readings, votes, command.Reason));
    }

    private static TightenAnonymityOutcome Judge(Work work, TightenAnonymityCommand command, IReadOnlyList<FieldProblem> problems)
    {
        var file = work.File;
        if (!RoomRules.Leads(file, work.Me) && file.Case.OwnerId != work.Me)
        {
            return TightenAnonymityOutcome.NotTheFacilitator;
        }

        if (file.Phase == CasePhase.Draft || file.IsOver)
        {
            return TightenAnonymityOutcome.NotRunning;
        }

        if (command.Mode <= file.ReadingAnonymity && command.Mode <= file.VoteAnonymity)
        {
            return TightenAnonymityOutcome.Loosens;
        }

        if (!AnonymityRules.Possible(file).Contains(command.Mode))
        {
            return TightenAnonymityOutcome.AlreadyGiven;
        }

        return problems.Count > 0 ? TightenAnonymityOutcome.Incomplete : TightenAnonymityOutcome.Tightened;
    }

    private static Refusal? Refuse(TightenAnonymityOutcome outcome, IReadOnlyList<FieldProblem> problems) => outcome switch
    {
        TightenAnonymityOutcome.Tightened => null,
        TightenAnonymityOutcome.NotTheFacilitator => Refusal.NotYours,
        TightenAnonymityOutcome.NotRunning => Refusal.Conflict("case-not-running"),
        TightenAnonymityOutcome.Loosens => Refusal.Conflict("anonymity-only-tighter"),
        TightenAnonymityOutcome.AlreadyGiven => Refusal.Conflict("anonymity-too-late"),
        TightenAnonymityOutcome.Incomplete => Refusal.Invalid(problems),
    };
}

/// <summary>The body of <c>anonymity.tightened</c>: what holds from here on.</summary>
internal sealed record AnonymityTightenedBody(Anonymity Readings, Anonymity Votes, string Reason);
