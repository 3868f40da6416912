using Microsoft.Extensions.Logging;
using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.Minutes;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Storage;

namespace SignalReview.Workflow;

/// <summary>One deadline that has come; its id is also the command's, so it can only take effect once.</summary>
internal sealed record FireDeadlineCommand(Guid CommandId, DeadlineKind Kind, string? Node, Guid? Person) : ICommand;

/// <summary>
/// Fires what is due: once, also after a restart, also when two processes run on one database, also when the clock is set back afterwards.
/// </summary>
internal sealed partial class Deadlines(IDatabase database, CommandRunner commands, Roster roster, TimeProvider time, ILogger<Deadlines> logger)
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LastRetry = TimeSpan.FromMinutes(5);

    /// <summary>How long until the next try, after so many that ended in a fault.</summary>
    public static TimeSpan RetryAfter(int failures) =>
        failures >= 8 ? LastRetry : TimeSpan.FromTicks(Math.Min(LastRetry.Ticks, FirstRetry.Ticks << (failures - 1)));

    /// <returns>How many were due.</returns>
    public async Task<int> FireDueAsync(CancellationToken ct)
    {
        IReadOnlyList<DeadlineRow> due;
        var now = time.GetUtcNow();
        await using (var db = await database.OpenReadAsync(ct))
        {
            due = await db.QueryAsync<DeadlineRow>("workflow/due_deadlines", new { Now = now, Sooner = now + LastRetry }, ct);
        }

        foreach (var deadline in due)
        {
            try
            {
                var command = new FireDeadlineCommand(deadline.DeadlineId, deadline.Kind, deadline.Node, deadline.PersonId?.Value);
                await commands.RunAsync(Actor.System, deadline.CaseId, command, FireAsync, ct);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // One case's fault must not keep the deadlines of all others from firing. It is tried again, ever more rarely.
                await PostponeAsync(deadline, e, ct);
            }
        }

        return due.Count;
    }

    private async Task PostponeAsync(DeadlineRow deadline, Exception fault, CancellationToken ct)
    {
        var after = RetryAfter(deadline.Failures + 1);
        LogFailed(logger, deadline.DeadlineId, deadline.CaseId, deadline.Failures + 1, after, fault);
        await using var db = await database.BeginAsync(ct);
        await db.ExecuteAsync("workflow/postpone_deadline", new { deadline.DeadlineId, RetryAt = time.GetUtcNow() + after }, ct);
        await db.CommitAsync(ct);
    }

    private async Task<Refusal?> FireAsync(Work work, FireDeadlineCommand command, CancellationToken ct)
    {
        // The row count decides between two processes, and between the deadline and a command that came just before.
        if (await work.ExecuteAsync("workflow/fire_deadline", new { DeadlineId = command.CommandId, work.Now }, ct) == 0)
        {
            return Refusal.Conflict("deadline-settled");
        }

        switch (command.Kind)
        {
            case DeadlineKind.Step when work.File.OpenSteps.FirstOrDefault(s => s.Node == command.Node) is { } step:
                work.AppendAsSystem("deadline.fired", new { step.Activity, step.Node });
                await CompleteAsync(work, step, ct);
                break;
            case DeadlineKind.Reminder when work.File.OpenSteps.FirstOrDefault(s => s.Node == command.Node) is { } step:
                work.AppendAsSystem("deadline.reminded", new { step.Activity, step.Node });
                break;
            case DeadlineKind.Resume when work.File.OpenSteps.FirstOrDefault(s => s.Node == command.Node) is { PausedAt: not null } step:
                var runsTo = await DeadlinePauses.ResumeAsync(work, step, DeadlinePauses.End(step, work.Now), ct);
                work.AppendAsSystem("deadline.resumed", new DeadlineResumedBody(step.Activity, runsTo, ByItself: true));
                break;
            case DeadlineKind.Invitation when command.Person is { } person && work.File.Invitation(new(person)) is { State: InvitationState.Invited }:
                work.AppendAsSystem("reader.expired", new { person });
                await roster.DropAsync(work, new(person), InvitationState.Expired, conflict: false, ct);
                break;
            case DeadlineKind.Minutes when MinutesRules.AreOpen(work.File) && MinutesRules.Proposed(work.File) is { } version && version.DueAt <= work.Now:
                await MinutesFixing.FixAsync(work, version.Number, MinutesFixReason.Deadline, ct);
                break;
            case DeadlineKind.Clock:
                RoomClock.SaySo(work);
                break;
        }

        return null;
    }

    private static async Task CompleteAsync(Work work, OpenStepRow step, CancellationToken ct)
    {
        switch (step.Activity)
        {
            case "CollectInterpretations":
                work.Complete(step, InterpretationRound.OutcomeAtDeadline(work.File, step.Input("Quorum")));
                break;
            case "CollectVotes":
                await VoteRound.CompleteAtDeadlineAsync(work, step, ct);
                break;
            case StepCatalog.Delay:
                work.Complete(step, "Done");
                break;
            default:
                work.Complete(step, "Deadline");
                break;
        }
    }

    private sealed record DeadlineRow
    {
        public Guid DeadlineId { get; init; }
        public CaseId CaseId { get; init; }
        public DeadlineKind Kind { get; init; }
        public string? Node { get; init; }
        public PersonId? PersonId { get; init; }
        public int Failures { get; init; }
    }
}
