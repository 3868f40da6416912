using System.Globalization;
using Microsoft.AspNetCore.Http;
using SignalReview.Cases;
using SignalReview.Rooms;
using SignalReview.Storage;
using SignalReview.Trail;
using SignalReview.Web.Components.Pages.Cases;
using SignalReview.Web.Localization;

namespace SignalReview.Web.Components.Pages.Trails;

/// <summary>A filter over trails as an address and a form carry it: from, to, team, outcome, phase, and a "true" for each thing to look at.</summary>
internal sealed record TrailQuery(TrailFilter Filter)
{
    /// <summary>The names of what is ticked, with how it is read and set.</summary>
    public static readonly IReadOnlyList<(string Name, Func<TrailFilter, bool> Is, Func<TrailFilter, TrailFilter> Set)> Marks =
    [
        ("deviates", f => f.Deviates, f => f with { Deviates = true }),
        ("dissent", f => f.Dissent, f => f with { Dissent = true }),
        ("outsideHours", f => f.OutsideHours, f => f with { OutsideHours = true }),
        ("emergencyPath", f => f.EmergencyPath, f => f with { EmergencyPath = true }),
        ("brokenGlass", f => f.BrokenGlass, f => f with { BrokenGlass = true }),
        ("openFindings", f => f.OpenFindings, f => f with { OpenFindings = true }),
    ];

    public static TrailQuery None { get; } = new(new TrailFilter());

    public bool IsNone => Filter == None.Filter;

    /// <summary>What cannot be read does not filter.</summary>
    public static TrailQuery Of(Func<string, string?> read)
    {
        var filter = new TrailFilter(Day(read("from")), Day(read("to")), Text(read("team")), Choices.Find<VoteOption>(read("outcome")), Choices.Find<CasePhase>(read("phase")));
        return new(Marks.Where(mark => read(mark.Name) is "true" or "on").Aggregate(filter, (all, mark) => mark.Set(all)));
    }

    /// <summary>Name and value of what filters.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Pairs =>
    [
        .. new (string Name, string? Value)[]
        {
            ("from", Filter.From?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            ("to", Filter.To?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            ("team", Filter.Team),
            ("outcome", Filter.Outcome is { } outcome ? Enums.Text(outcome) : null),
            ("phase", Filter.Phase is { } phase ? Enums.Text(phase) : null),
        }.Concat(Marks.Select(mark => (mark.Name, mark.Is(Filter) ? "true" : null)))
            .Where(pair => !string.IsNullOrEmpty(pair.Item2))
            .Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2)),
    ];

    /// <summary>With its question mark; empty when nothing filters.</summary>
    public string Query => QueryString.Create(Pairs).ToString();

    /// <summary>In words, one for each thing that filters.</summary>
    public IReadOnlyList<string> Words(Texts texts, TimeWords words) =>
    [
        .. new[]
        {
            Filter.From is { } from ? $"{texts["Trails.From"]} {words.ExactDate(from)}" : null,
            Filter.To is { } to ? $"{texts["Trails.To"]} {words.ExactDate(to)}" : null,
            Filter.Team is { } team ? $"{texts["Trails.Team"]} {team}" : null,
            Filter.Outcome is { } outcome ? $"{texts["Trails.Outcome"]}: {texts.Of(outcome)}" : null,
            Filter.Phase is { } phase ? $"{texts["Trails.Phase"]}: {texts.Of(phase)}" : null,
        }.OfType<string>(),
        .. Marks.Where(mark => mark.Is(Filter)).Select(mark => texts[$"Audit.Mark.{mark.Name}"]),
    ];

    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;

    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
