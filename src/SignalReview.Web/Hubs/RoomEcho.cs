namespace SignalReview.Web.Hubs;

/// <summary>Says once more where a case is, a few times after its last news and seldom after that: see <see cref="RoomTracker.Echoes"/>.</summary>
internal sealed partial class RoomEcho(RoomTracker tracker, RoomBroadcast broadcast, ILogger<RoomEcho> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var (caseId, seq) in tracker.Echoes())
            {
                try
                {
                    await broadcast.EchoAsync(caseId, seq, stoppingToken);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    // The next look says it again; the other cases do not wait for this one.
                    LogFailed(logger, caseId.Value, e);
                }
            }
        }
    }

    [LoggerMessage(8006, LogLevel.Error, "Where case {CaseId} is could not be said once more; it is tried again")]
    private static partial void LogFailed(ILogger logger, Guid caseId, Exception e);
}
