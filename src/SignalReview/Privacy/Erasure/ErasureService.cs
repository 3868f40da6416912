using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SignalReview.Privacy.Erasure;

/// <summary>Once a minute does to the end what an erasure left undone, as when an export was in the way.</summary>
internal sealed partial class ErasureService(Destruction destruction, TimeProvider time, ILogger<ErasureService> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Pause, time, stoppingToken);
            try
            {
                await destruction.RunAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogLookFailed(logger, e);
            }
        }
    }

    [LoggerMessage(8004, LogLevel.Error, "Looking for erasures that are not done to the end failed; it is tried again")]
    private static partial void LogLookFailed(ILogger logger, Exception e);
}
