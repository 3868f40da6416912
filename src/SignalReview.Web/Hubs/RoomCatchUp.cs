using SignalReview.People;

namespace SignalReview.Web.Hubs;

/// <summary>
/// Looks every second whether the cases that are followed here have news that another node delivered (it may have had nobody to tell),
/// whether somebody who was away is gone, and whether somebody's access ended without a command: they left, or have other roles now.
/// </summary>
internal sealed partial class RoomCatchUp(
    RoomTracker tracker, RoomBroadcast broadcast, RoomAccess access, RoomNews news, PeopleDirectory directory, ILogger<RoomCatchUp> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private PeopleSnapshot? people;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var caseId in tracker.ForgetLost())
            {
                news.PresenceChanged(caseId);
            }

            await LookAtPeopleAsync(stoppingToken);
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

    private async Task LookAtPeopleAsync(CancellationToken ct)
    {
        try
        {
            var now = await directory.GetAsync(ct);
            if (!ReferenceEquals(now, people))
            {
                foreach (var caseId in await access.EndStrangersAsync(ct))
                {
                    news.PresenceChanged(caseId);
                }

                foreach (var caseId in tracker.Cases)
                {
                    await broadcast.CheckAccessAsync(caseId, ct);
                }

                people = now;
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogPeopleFailed(logger, e);
        }
    }

    [LoggerMessage(8002, LogLevel.Error, "Those who follow case {CaseId} could not be told what is new; it is tried again")]
    private static partial void LogFailed(ILogger logger, Guid caseId, Exception e);

    [LoggerMessage(8005, LogLevel.Error, "Whether somebody's access has ended could not be looked up; it is tried again")]
    private static partial void LogPeopleFailed(ILogger logger, Exception e);
}
