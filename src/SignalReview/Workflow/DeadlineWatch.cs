using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SignalReview.Workflow;

/// <summary>
/// Says in the log that deadlines are overdue, at most once a minute. A service of its own: one that has stopped cannot say so itself.
/// </summary>
internal sealed partial class DeadlineWatch(DeadlineHealth health, TimeProvider time, ILogger<DeadlineWatch> logger) : BackgroundService
{
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private bool wasOverdue;
    private DateTimeOffset? said;

    /// <summary>
    /// One look. What is overdue is told at the second look that finds it so: after a night asleep the service has fired it by then.
    /// </summary>
    public async Task LookAsync(CancellationToken ct)
    {
        var report = await health.ReadAsync(ct);
        var isOverdue = report.State != DeadlineState.OnTime;
        var now = time.GetUtcNow();
        // A clock that was put back must not silence it.
        if (isOverdue && wasOverdue && (said is null || now - said >= Quiet || now < said))
        {
            LogOverdue(logger, report.Overdue, report.Failing, report.Oldest);
            said = now;
        }

        wasOverdue = isOverdue;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = Pause;
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogLookFailed(logger, e);
                pause = Quiet;
            }

            await Task.Delay(pause, time, stoppingToken);
        }
    }

    [LoggerMessage(2003, LogLevel.Warning, "{Overdue} deadlines are overdue and did not fire ({Failing} of them fail each time); the oldest for {Oldest}")]
    private static partial void LogOverdue(ILogger logger, int overdue, int failing, TimeSpan oldest);

    [LoggerMessage(2004, LogLevel.Error, "Looking for overdue deadlines failed; it is tried again")]
    private static partial void LogLookFailed(ILogger logger, Exception e);
}
