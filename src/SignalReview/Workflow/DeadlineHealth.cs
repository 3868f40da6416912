using System.Globalization;
using Microsoft.Extensions.Configuration;
using SignalReview.Storage;

namespace SignalReview.Workflow;

/// <summary>Whether deadlines fire.</summary>
public enum DeadlineState
{
    /// <summary>Whatever was due has fired.</summary>
    OnTime,

    /// <summary>Deadlines fire, but of some cases one ends in a fault each time.</summary>
    Failing,

    /// <summary>Some are overdue that were not even tried: nothing fires.</summary>
    Stopped,
}

/// <param name="State">In a word.</param>
/// <param name="Overdue">How many are overdue by more than the setting allows.</param>
/// <param name="Failing">Of which were tried and ended in a fault.</param>
/// <param name="Oldest">How long the oldest has been overdue; zero when none is.</param>
public sealed record DeadlineReport(DeadlineState State, int Overdue, int Failing, TimeSpan Oldest);

/// <summary>
/// Looks for what should have fired and did not. It asks the database, not the service: so it tells of a service that stopped, of one that
/// never started and of one on another host alike.
/// </summary>
internal sealed class DeadlineHealth(IDatabase database, IConfiguration configuration, TimeProvider time)
{
    private const string Setting = "Deadlines:AlertAfterSeconds";
    private const int DefaultSeconds = 60;

    private readonly TimeSpan after = Read(configuration[Setting]);

    public async Task<DeadlineReport> ReadAsync(CancellationToken ct)
    {
        await using var db = await database.OpenReadAsync(ct);
        return await ReadAsync(db, ct);
    }

    public async Task<DeadlineReport> ReadAsync(DbSession db, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var row = await db.ScalarAsync<OverdueRow>("workflow/overdue_deadlines", new { Before = now - after }, ct);
        var state = row.Overdue == 0 ? DeadlineState.OnTime : row.Failing == row.Overdue ? DeadlineState.Failing : DeadlineState.Stopped;
        return new(state, row.Overdue, row.Failing, row.Oldest is { } oldest ? now - oldest : TimeSpan.Zero);
    }

    private static TimeSpan Read(string? setting) => setting is null ? TimeSpan.FromSeconds(DefaultSeconds)
        : int.TryParse(setting, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0 ? TimeSpan.FromSeconds(seconds)
        : throw new InvalidOperationException($"The setting {Setting} is '{setting}'; it is a whole number of seconds, 1 or more.");

    private sealed record OverdueRow
    {
        public int Overdue { get; init; }
        public int Failing { get; init; }
        public DateTimeOffset? Oldest { get; init; }
    }
}
