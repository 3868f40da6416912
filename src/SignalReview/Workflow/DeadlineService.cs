using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SignalReview.Workflow;

/// <summary>
/// Looks for due deadlines every second, for as long as the process lives; more rarely while looking itself fails, as when the database is gone.
/// </summary>
internal sealed partial class DeadlineService(Deadlines deadlines, TimeProvider time, ILogger<DeadlineService> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = Pause;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await deadlines.FireDueAsync(stoppingToken);
                pause = Pause;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogLookFailed(logger, e);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }

            await Task.Delay(pause, time, stoppingToken);
        }
    }

    [LoggerMessage(2002, LogLevel.Error, "Looking for due deadlines failed; it is tried again")]
    private static partial void LogLookFailed(ILogger logger, Exception e);
}
