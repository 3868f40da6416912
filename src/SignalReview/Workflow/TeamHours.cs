using System.Collections.Immutable;
using System.Globalization;
using SignalReview.Storage;

namespace SignalReview.Workflow;

/// <summary>Reads when a team works; deadlines in working hours are counted by it.</summary>
internal static class TeamHours
{
    public static async Task<TeamCalendar> LoadAsync(DbSession db, string team, CancellationToken ct)
    {
        var row = await db.FirstOrDefaultAsync<TeamRow>("people/team", new { Team = team }, ct)
            ?? throw new InvalidOperationException($"There is no team '{team}'.");
        return new(
            TimeZoneInfo.FindSystemTimeZoneById(row.TimeZone),
            TimeOnly.ParseExact(row.DayStart, "HH:mm", CultureInfo.InvariantCulture),
            TimeOnly.ParseExact(row.DayEnd, "HH:mm", CultureInfo.InvariantCulture),
            [.. row.Workdays.Select(IsoDay)])
        {
            DaysOff =
            [
                .. row.GoodFridayOff ? new[] { DayOff.GoodFriday } : [],
                .. row.LiberationDayOff ? new[] { DayOff.LiberationDay } : [],
            ],
        };
    }

    // ISO counts from Monday = 1 to Sunday = 7, .NET from Sunday = 0.
    private static DayOfWeek IsoDay(char digit) => (DayOfWeek)((digit - '0') % 7);

    private sealed record TeamRow
    {
        public string TimeZone { get; init; } = "";
        public string DayStart { get; init; } = "";
        public string DayEnd { get; init; } = "";
        public string Workdays { get; init; } = "";
        public bool GoodFridayOff { get; init; }
        public bool LiberationDayOff { get; init; }
    }
}
