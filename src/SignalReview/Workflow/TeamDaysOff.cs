using System.Data.Common;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using SignalReview.Storage;

namespace SignalReview.Workflow;

/// <summary>
/// Which days the teams have off beside the public holidays: the setting <c>Teams:{team}:DaysOff</c>, such as "goodFriday, liberationDay". It is
/// kept in the database, where all hosts count by the same days; a deadline that was set keeps its time.
/// </summary>
internal sealed partial class TeamDaysOff(IDatabase database, IConfiguration configuration, ILogger<TeamDaysOff> logger)
{
    /// <exception cref="InvalidOperationException">The setting names a day that is not known here.</exception>
    public async Task ApplyAsync(CancellationToken ct)
    {
        try
        {
            await ReplaceAsync(Wanted().ToHashSet(), ct);
        }
        catch (DbException e) when (database.IsUniqueViolation(e))
        {
            // Another host is starting and has written the same.
        }
    }

    private async Task ReplaceAsync(HashSet<(string Team, DayOff Day)> wanted, CancellationToken ct)
    {
        await using var db = await database.BeginAsync(ct);
        var kept = (await db.QueryAsync<DayOffRow>("people/team_days_off", null, ct)).Select(row => (row.Team, row.DayOff)).ToHashSet();
        if (kept.SetEquals(wanted))
        {
            return;
        }

        foreach (var (team, day) in kept.Except(wanted))
        {
            await db.ExecuteAsync("people/delete_team_day_off", new { Team = team, DayOff = day }, ct);
        }

        foreach (var (team, day) in wanted.Except(kept))
        {
            await db.ExecuteAsync("people/insert_team_day_off", new { Team = team, DayOff = day }, ct);
        }

        await db.CommitAsync(ct);
        LogApplied(logger, wanted.Count);
    }

    private IEnumerable<(string Team, DayOff Day)> Wanted() =>
        from team in configuration.GetSection("Teams").GetChildren()
        from name in (team["DaysOff"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        select (team.Key, Day(team.Key, name));

    private static DayOff Day(string team, string name) => Enums.TryParse<DayOff>(name, out var day)
        ? day
        : throw new InvalidOperationException(
            $"The setting Teams:{team}:DaysOff holds '{name}'; known are: {string.Join(", ", Enum.GetValues<DayOff>().Select(Enums.Text))}.");

    [LoggerMessage(2005, LogLevel.Information, "Days off of the teams, beside the public holidays, were set: {Count}")]
    private static partial void LogApplied(ILogger logger, int count);

    private sealed record DayOffRow
    {
        public string Team { get; init; } = "";
        public DayOff DayOff { get; init; }
    }
}
