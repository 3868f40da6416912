using System.Threading.Channels;
using SignalReview.Cases;

namespace SignalReview.Web.Hubs;

/// <summary>
/// Tells the cases that are followed here what was committed in this process, without waiting for the outbox's own turn: that one is for
/// whatever a process that died left untold. And tells who is present, once for all that changed within a moment: when a server comes back, a
/// whole room joins at the same time.
/// </summary>
internal sealed partial class RoomNews(RoomTracker tracker, RoomBroadcast broadcast, CommitSignal commits, ILogger<RoomNews> logger) : BackgroundService
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    private readonly Channel<CaseId> committed = Channel.CreateUnbounded<CaseId>(new() { SingleReader = true });
    private readonly Channel<CaseId> moved = Channel.CreateUnbounded<CaseId>(new() { SingleReader = true });

    /// <summary>Somebody came, went, or looks elsewhere.</summary>
    public void PresenceChanged(CaseId caseId) => moved.Writer.TryWrite(caseId);

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        commits.Listen(Committed);
        return Task.WhenAll(TellNewsAsync(stoppingToken), TellPresenceAsync(stoppingToken));
    }

    private void Committed(CaseId caseId)
    {
        if (tracker.ToldOf(caseId) is not null)
        {
            committed.Writer.TryWrite(caseId);
        }
    }

    private async Task TellNewsAsync(CancellationToken ct)
    {
        await foreach (var caseId in committed.Reader.ReadAllAsync(ct))
        {
            await TryAsync(caseId, broadcast.TellAsync, ct);
        }
    }

    private async Task TellPresenceAsync(CancellationToken ct)
    {
        while (await moved.Reader.WaitToReadAsync(ct))
        {
            await Task.Delay(Moment, ct);
            var cases = new HashSet<CaseId>();
            while (moved.Reader.TryRead(out var caseId))
            {
                cases.Add(caseId);
            }

            foreach (var caseId in cases)
            {
                await TryAsync(caseId, broadcast.TellPresenceAsync, ct);
            }
        }
    }

    private async Task TryAsync(CaseId caseId, Func<CaseId, CancellationToken, Task> tell, CancellationToken ct)
    {
        try
        {
            await tell(caseId, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The others are told all the same; this case's news is looked for again within a second.
            LogFailed(logger, caseId.Value, e);
        }
    }

    [LoggerMessage(8003, LogLevel.Error, "Those who follow case {CaseId} could not be told at once what is new")]
    private static partial void LogFailed(ILogger logger, Guid caseId, Exception e);
}
