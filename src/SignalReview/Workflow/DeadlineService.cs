using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SignalReview.Workflow;

/// <summary>Looks for due deadlines every second, for as long as the process lives.</summary>
internal sealed partial class DeadlineService(Deadlines deadlines, TimeProvider time, ILogger<DeadlineService> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await deadlines.FireDueAsync(stoppingToken);
                await Task.Delay(Pause, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LogLookFailed(logger, e);
                await Task.Delay(Pause, time, CancellationToken.None);
            }
        }
    }

    [LoggerMessage(2002, LogLevel.Error, "Looking for due deadlines failed; it is tried again")]
    private static partial void LogLookFailed(ILogger logger, Exception e);
}
