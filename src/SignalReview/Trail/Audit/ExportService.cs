using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SignalReview.Trail.Audit;

/// <summary>Looks for exports to build and to delete, for as long as the process lives.</summary>
internal sealed partial class ExportService(ExportBuilder builder, TimeProvider time, ILogger<ExportService> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BetweenTidying = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var tidied = DateTimeOffset.MinValue;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (time.GetUtcNow() - tidied >= BetweenTidying)
                {
                    await builder.ExpireAsync(stoppingToken);
                    tidied = time.GetUtcNow();
                }

                while (await builder.BuildNextAsync(stoppingToken))
                {
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogLookFailed(logger, e);
            }

            await Task.Delay(Pause, time, stoppingToken);
        }
    }

    [LoggerMessage(1603, LogLevel.Error, "Looking for exports failed; it is tried again")]
    private static partial void LogLookFailed(ILogger logger, Exception e);
}
