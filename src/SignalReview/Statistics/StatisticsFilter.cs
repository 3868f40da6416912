using System.Globalization;
using System.Text.RegularExpressions;
using SignalReview.Workflow;

namespace SignalReview.Statistics;

/// <summary>Which cases to take figures over; what is null does not filter.</summary>
/// <param name="Period">A year or a quarter in which cases were submitted: "2026", "2026-Q1". Never days: two sets that differ by a day differ by a case.</param>
/// <param name="Team">Of this team.</param>
/// <param name="Platform">Seen on this platform.</param>
/// <param name="Theme">With this theme.</param>
/// <param name="Workflow">Of this definition, whatever its version.</param>
public sealed record StatisticsFilter(string? Period = null, string? Team = null, string? Platform = null, string? Theme = null, string? Workflow = null)
{
    public static StatisticsFilter All { get; } = new();
}

/// <summary>A quarter as people write it, in the team's own time.</summary>
internal static partial class Quarter
{
    /// <returns>Such as "2026-Q1".</returns>
    public static string Of(DateTimeOffset moment)
    {
        var local = TimeZoneInfo.ConvertTime(moment, TeamCalendar.Office.Zone);
        return string.Create(CultureInfo.InvariantCulture, $"{local.Year:D4}-Q{((local.Month - 1) / 3) + 1}");
    }

    public static string YearOf(string period) => period[..4];

    public static bool IsYear(string period) => period.Length == 4;

    public static bool IsPeriod(string text) => Period().IsMatch(text);

    [GeneratedRegex(@"\A[0-9]{4}(-Q[1-4])?\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Period();
}

/// <summary>One case by what it can be chosen by.</summary>
internal sealed record SetCase(Cases.CaseId Id, string Quarter, string Team, string Platform, string Workflow, IReadOnlySet<string> Themes)
{
    public string Year => Statistics.Quarter.YearOf(Quarter);

    public bool In(StatisticsFilter filter) =>
        (filter.Period is null || filter.Period == Quarter || filter.Period == Year)
        && (filter.Team is null || filter.Team == Team)
        && (filter.Platform is null || filter.Platform == Platform)
        && (filter.Theme is null || Themes.Contains(filter.Theme))
        && (filter.Workflow is null || filter.Workflow == Workflow);
}
