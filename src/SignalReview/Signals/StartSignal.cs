using SignalReview.Cases;
using SignalReview.People;

namespace SignalReview.Signals;

internal enum StartSignalOutcome
{
    Started,
    NotAWorker,
}

/// <summary>Opens an empty draft, with a dossier of its own from the first word on.</summary>
internal sealed class StartSignal(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, StartSignalCommand command, CancellationToken ct) =>
        commands.CreateAsync(actor, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, StartSignalCommand command, CancellationToken ct)
    {
        var person = await PeopleStore.FindAsync(work.Db, work.Me, ct);
        var outcome = person is { Active: true } && work.Actor.Is(Role.Worker) ? StartSignalOutcome.Started : StartSignalOutcome.NotAWorker;
        if (outcome != StartSignalOutcome.Started)
        {
            return Refuse(outcome);
        }

        work.Append("case.drafted", CaseRole.Submitter, new { });
        await work.ExecuteAsync(
            "signals/insert_case",
            new { CaseId = work.Case, Phase = CasePhase.Draft, PhaseSince = work.Now, SubmitterId = work.Me, person!.Team, CreatedAt = work.Now },
            ct);
        return null;
    }

    private static Refusal? Refuse(StartSignalOutcome outcome) => outcome switch
    {
        StartSignalOutcome.Started => null,
        StartSignalOutcome.NotAWorker => Refusal.Forbidden("not-a-worker"),
    };
}
