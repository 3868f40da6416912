using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SignalReview.Trail.Anchors;

/// <summary>Sends checkpoints to the outside anchors. Where none is configured it has nothing to do, and says so once.</summary>
internal sealed partial class AnchorService(AnchorQueue queue, TimeProvider time, ILogger<AnchorService> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(15);

    private readonly Dictionary<string, (AnchorOutcome Outcome, DateTimeOffset At)> said = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (queue.Anchors.Count == 0)
        {
            LogNone(logger);
            return;
        }

        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = Pause;
            try
            {
                foreach (var (anchor, size, answer) in await queue.SendDueAsync(stoppingToken))
                {
                    Tell(anchor, size, answer);
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogLookFailed(logger, e);
                pause = TimeSpan.FromMinutes(1);
            }

            await Task.Delay(pause, time, stoppingToken);
        }
    }

    /// <summary>The same failure of the same anchor is said once in a while; another one at once.</summary>
    private void Tell(string anchor, long size, AnchorAnswer answer)
    {
        if (answer.Outcome == AnchorOutcome.Done)
        {
            if (said.Remove(anchor))
            {
                LogBack(logger, anchor, size);
            }

            return;
        }

        var now = time.GetUtcNow();
        if (!said.TryGetValue(anchor, out var last) || last.Outcome != answer.Outcome || now - last.At >= Quiet || now < last.At)
        {
            said[anchor] = (answer.Outcome, now);
            LogFailed(logger, anchor, size, answer.Outcome, answer.Detail);
        }
    }

    [LoggerMessage(3011, LogLevel.Information, "No outside anchor is configured (Trail:Anchors): whoever holds the database and the signing key could rewrite history")]
    private static partial void LogNone(ILogger logger);

    [LoggerMessage(3012, LogLevel.Error, "The anchor {Anchor} did not take the checkpoint of {Size} events ({Outcome}): {Detail}; it is tried again")]
    private static partial void LogFailed(ILogger logger, string anchor, long size, AnchorOutcome outcome, string? detail);

    [LoggerMessage(3013, LogLevel.Information, "The anchor {Anchor} takes checkpoints again, that of {Size} events first")]
    private static partial void LogBack(ILogger logger, string anchor, long size);

    [LoggerMessage(3014, LogLevel.Error, "Looking for checkpoints to send failed; it is tried again")]
    private static partial void LogLookFailed(ILogger logger, Exception e);
}
