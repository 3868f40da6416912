using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SignalReview.Cases;

namespace SignalReview.Workflow.Outside;

/// <summary>Keeps the engine in line: at once after a commit of this process, every second for those of others; and compares every minute.</summary>
internal sealed partial class FlowService(
    FlowSync sync, FlowReconciler reconciler, CommitSignal commits, TimeProvider time, ILogger<FlowService> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CompareEvery = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var compareAt = time.GetUtcNow();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (time.GetUtcNow() >= compareAt)
                {
                    compareAt = time.GetUtcNow() + CompareEvery;
                    await reconciler.CompareAsync(stoppingToken);
                }

                var next = commits.Next;
                if (await sync.SyncDueAsync(stoppingToken) == 0)
                {
                    await CommitSignal.WaitAsync(next, Look, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LogLookFailed(logger, e);
                await Task.Delay(Look, CancellationToken.None);
            }
        }
    }

    [LoggerMessage(2103, LogLevel.Error, "Keeping the workflow engine in line failed; it is tried again")]
    private static partial void LogLookFailed(ILogger logger, Exception e);
}
