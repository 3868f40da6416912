namespace SignalReview.Web.Hubs;

/// <summary>
/// Looks every second whether the cases that are followed here have news that another node delivered: it may have had nobody to tell.
/// </summary>
internal sealed partial class RoomCatchUp(RoomTracker tracker, RoomBroadcast broadcast, ILogger<RoomCatchUp> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var caseId in tracker.Cases)
            {
                try
                {
                    await broadcast.TellAsync(caseId, stoppingToken);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    // One case's fault must not keep the others from being told; it is tried again at the next look.
                    LogFailed(logger, caseId.Value, e);
                }
            }
        }
    }

    [LoggerMessage(8002, LogLevel.Error, "Those who follow case {CaseId} could not be told what is new; it is tried again")]
    private static partial void LogFailed(ILogger logger, Guid caseId, Exception e);
}
