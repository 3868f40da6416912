using SignalReview.Cases;
using SignalReview.Storage;

namespace SignalReview.Workflow.Outside;

/// <summary>
/// Waits, for a moment, until an engine outside our transaction has heard of all that happened in a case: who sends a command or reads right after
/// another command then finds the next step asked. With the embedded engine there is nothing to wait for.
/// </summary>
internal sealed class EngineCatchUp(IDatabase database, IFlowRuntime? runtime = null)
{
    private const int MostLooks = 200;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>Returns when the engine is in line, or after ten seconds: a slow engine is no reason to refuse. For one that fails nobody waits.</summary>
    public async Task WaitAsync(CaseId caseId, CancellationToken ct)
    {
        if (runtime is null)
        {
            return;
        }

        for (var look = 0; look < MostLooks; look++)
        {
            await using (var db = await database.OpenReadAsync(ct))
            {
                if (await FlowLedger.LastRunAsync(db, caseId, ct) is not { State: FlowRunState.Running, Failures: 0 } run || run.Changes == run.Applied)
                {
                    return;
                }
            }

            await Task.Delay(Look, ct);
        }
    }
}
