using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SignalReview.Privacy.AccessRequests;

namespace SignalReview.Privacy.Retention;

/// <summary>Looks every minute for what is to be kept no longer, for as long as the process lives.</summary>
internal sealed partial class RetentionService(RetentionSweep sweep, AccessExpiry expiry, TimeProvider time, ILogger<RetentionService> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Pause, time, stoppingToken);
            try
            {
                await sweep.RunAsync(stoppingToken);
                await expiry.RunAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogLookFailed(logger, e);
            }
        }
    }

    [LoggerMessage(8102, LogLevel.Error, "Looking for what is to be kept no longer failed; it is tried again")]
    private static partial void LogLookFailed(ILogger logger, Exception e);
}
