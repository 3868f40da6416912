using System.Globalization;
using System.Text;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Privacy.Retention;
using SignalReview.Web.Components.Pages.Cases;
using SignalReview.Web.Components.Pages.Trails;
using SignalReview.Web.Localization;
using SignalReview.Web.SignIn;

namespace SignalReview.Web.Components.Pages.Privacy;

/// <summary>The calendar as a table and for a calendar program: a page cannot answer with a file.</summary>
internal static class RetentionEndpoints
{
    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: true);

    public static void MapRetentionPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/privacy/retention.csv", CsvAsync).RequireAuthorization().ExcludeFromDescription();
        routes.MapGet("/privacy/retention.ics", IcsAsync).RequireAuthorization().ExcludeFromDescription();
    }

    /// <summary>What an address asks for; what cannot be read does not filter.</summary>
    public static CalendarFilter Filter(string? from, string? months, string? kind, string? team) => new(
        DateOnly.TryParseExact(from, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) ? month : null,
        int.TryParse(months, NumberStyles.None, CultureInfo.InvariantCulture, out var span) && span is >= 1 and <= 1200 ? span : null,
        Choices.Find<CalendarKind>(kind),
        string.IsNullOrEmpty(team) ? null : team);

    private static Task<IResult> CsvAsync(
        string? from, string? months, string? kind, string? team, HttpContext http, Actors actors, RetentionReads reads, Texts texts, CancellationToken ct) =>
        FileAsync(Filter(from, months, kind, team), http, actors, reads, "text/csv; charset=utf-8", "bewaren.csv", items => Csv(items, texts), ct);

    private static Task<IResult> IcsAsync(
        string? from, string? months, string? kind, string? team, HttpContext http, Actors actors, RetentionReads reads, Texts texts, TimeProvider time, CancellationToken ct) =>
        FileAsync(Filter(from, months, kind, team), http, actors, reads, "text/calendar; charset=utf-8", "bewaren.ics", items => Ics(items, texts, time.GetUtcNow()), ct);

    private static async Task<IResult> FileAsync(
        CalendarFilter filter, HttpContext http, Actors actors, RetentionReads reads, string type, string name, Func<IReadOnlyList<CalendarItem>, byte[]> write, CancellationToken ct)
    {
        if (await actors.FindAsync(http.User.RequiredSubject(), "web", ct) is not { } actor)
        {
            return Results.NotFound();
        }

        var items = new List<CalendarItem>();
        for (var page = 1; ; page++)
        {
            var (view, refusal) = await reads.CalendarAsync(actor, filter, page, RetentionReads.MostCases, ct);
            if (refusal is not null)
            {
                return refusal.Kind == RefusalKind.Forbidden ? Results.Forbid() : Results.NotFound();
            }

            items.AddRange(view!.Items);
            if (items.Count >= view.Total || view.Items.Count == 0)
            {
                return Results.File(write(items), type, name);
            }
        }
    }

    private static byte[] Csv(IReadOnlyList<CalendarItem> items, Texts texts)
    {
        var csv = new StringBuilder();
        Line(texts["Retention.Case"], texts["Retention.Team"], texts["Retention.DueOn"], texts["Retention.Rule"], texts["Retention.Then"], texts["Retention.Stand"], texts["Retention.HeldCount"]);
        foreach (var item in items)
        {
            Line(
                item.Case.ToString(), item.Team, Day(item.DueOn), item.RuleName.In(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName), texts.Of(item.Action), texts.Of(item.Step),
                item.Held ? Day(item.HeldUntil) is { Length: > 0 } day ? day : "x" : "");
        }

        return [.. Utf8.GetPreamble(), .. Utf8.GetBytes(csv.ToString())];

        void Line(params string[] cells) => csv.AppendJoin(';', cells.Select(Cell)).Append("\r\n");
    }

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    // A spreadsheet must not take a cell for a formula.
    private static string Cell(string text)
    {
        var safe = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? $"'{text}" : text;
        return $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>RFC 5545: one whole-day event a case, without a word of what it says.</summary>
    private static byte[] Ics(IReadOnlyList<CalendarItem> items, Texts texts, DateTimeOffset now)
    {
        var ics = new StringBuilder("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//SignalReview//Retention//NL\r\n");
        foreach (var item in items.Where(i => i.DueOn is not null))
        {
            var day = item.DueOn!.Value;
            var summary = texts["Retention.IcsSummary", CaseNumber.Short(item.Case), item.Team, texts.Of(item.Action)];
            ics.Append("BEGIN:VEVENT\r\n");
            Fold(ics, $"UID:{item.Case}@signalreview");
            Fold(ics, string.Create(CultureInfo.InvariantCulture, $"DTSTAMP:{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}"));
            Fold(ics, string.Create(CultureInfo.InvariantCulture, $"DTSTART;VALUE=DATE:{day:yyyyMMdd}"));
            Fold(ics, string.Create(CultureInfo.InvariantCulture, $"DTEND;VALUE=DATE:{day.AddDays(1):yyyyMMdd}"));
            Fold(ics, $"SUMMARY:{Escape(summary)}");
            ics.Append("END:VEVENT\r\n");
        }

        return Encoding.UTF8.GetBytes(ics.Append("END:VCALENDAR\r\n").ToString());
    }

    private static string Escape(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    // A line is at most 75 octets; a longer one goes on after a space.
    private static void Fold(StringBuilder ics, string line)
    {
        const int most = 73;
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > most)
            {
                ics.Append("\r\n ");
                octets = 1;
            }

            ics.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }

        ics.Append("\r\n");
    }
}
