using System.Data.Common;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SignalReview.Trail.Signing;

/// <summary>How often the log is looked at: <c>Trail:CheckpointSeconds</c>.</summary>
internal sealed record CheckpointPace(TimeSpan Every)
{
    private const string Setting = "Trail:CheckpointSeconds";
    private const int DefaultSeconds = 60;

    /// <summary>A log that has had something unsigned for this long is behind.</summary>
    public TimeSpan Late => Every * 3;

    public static CheckpointPace From(IConfiguration configuration) => configuration[Setting] is not { Length: > 0 } text
        ? new(TimeSpan.FromSeconds(DefaultSeconds))
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0 ? new(TimeSpan.FromSeconds(seconds))
        : throw new InvalidOperationException($"The setting {Setting} is '{text}'; it is a whole number of seconds, 1 or more.");
}

/// <summary>Looks at the log at start and then at its pace, for as long as the process lives.</summary>
internal sealed partial class CheckpointService(CheckpointRound round, CheckpointPace pace, TimeProvider time, ILogger<CheckpointService> logger) : BackgroundService
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(15);

    private DateTimeOffset? said;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await LookAsync(stoppingToken);
            await Task.Delay(pace.Every, time, stoppingToken);
        }
    }

    private async Task LookAsync(CancellationToken ct)
    {
        try
        {
            await round.RunAsync(ct);
            said = null;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            // A vault that is away for an hour is said four times, not sixty.
            var now = time.GetUtcNow();
            if (said is not null && now - said < Quiet && now >= said)
            {
                return;
            }

            said = now;
            if (e is CheckpointKeyException or IOException or UnauthorizedAccessException or DbException)
            {
                LogNotSigned(logger, e.Message);
            }
            else
            {
                LogLookFailed(logger, e);
            }
        }
    }

    [LoggerMessage(3004, LogLevel.Error, "No checkpoint was signed; it is tried again: {Reason}")]
    private static partial void LogNotSigned(ILogger logger, string reason);

    [LoggerMessage(3005, LogLevel.Error, "Looking at the trail failed; it is tried again")]
    private static partial void LogLookFailed(ILogger logger, Exception e);
}
