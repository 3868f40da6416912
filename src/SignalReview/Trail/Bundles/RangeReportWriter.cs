using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SignalReview.Trail.Bundles;

/// <summary>
/// report.html of a stretch of the log: what is in it and what that proves, in counts. It tells no case's story: for that there is the case's own
/// bundle. What it keeps grows with the kinds of events, months and people, not with the events.
/// </summary>
internal sealed class RangeReportWriter(BundleRequest request) : IBundleDocument
{
    private const string SystemRole = "system";

    private readonly RangeReportTexts texts = RangeReportTexts.For(request.Language);
    private readonly ReportTexts common = ReportTexts.For(request.Language);
    private readonly ReportLabels labels = ReportLabels.For(request.Language);
    private readonly CultureInfo culture = CultureInfo.GetCultureInfo(request.Language);
    private readonly SortedDictionary<string, long> types = new(StringComparer.Ordinal);
    private readonly SortedDictionary<DateOnly, long> months = [];
    private readonly SortedDictionary<BodyOmission, long> omissions = [];
    private readonly SortedDictionary<string, SortedSet<string>> people = new(StringComparer.Ordinal);
    private long events;
    private long outside;
    private long cases;
    private DateTimeOffset first;
    private DateTimeOffset last;

    public string Name => BundleLayout.Report;

    public void Add(EventHeader header, BundleEvent source, JsonElement? body)
    {
        events++;
        if (source.Omission is { } omission)
        {
            Count(omissions, omission);
        }

        if (request.Period is { } period && !period.Contains(header.At))
        {
            outside++;
            return;
        }

        first = types.Count == 0 ? header.At : first;
        last = header.At;
        cases += header.CaseSeq == 1 ? 1 : 0;
        Count(types, header.Type);
        var local = TimeZoneInfo.ConvertTime(header.At, request.Zone);
        Count(months, new DateOnly(local.Year, local.Month, 1));
        if (!people.TryGetValue(header.Actor, out var roles))
        {
            people[header.Actor] = roles = new SortedSet<string>(StringComparer.Ordinal);
        }

        roles.Add(header.Role);
    }

    public Task WriteAsync(Stream output, Checkpoint checkpoint, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var html = new StringBuilder();
        ReportHtml.Open(
            html, common.Language, request.Scope == BundleScope.Everything ? texts.TitleEverything : texts.TitlePeriod, texts.Intro);
        AppendFacts(html, checkpoint);
        html.Append("<h2>").Append(Text(common.ProofHeading)).Append("</h2>\n");
        var how = request.Scope == BundleScope.Everything ? texts.ProofEverything : texts.ProofPeriod;
        foreach (var paragraph in new[] { texts.Proof, how, common.ProofNot, common.ProofHow })
        {
            html.Append("<p>").Append(Text(paragraph)).Append("</p>\n");
        }

        AppendCounts(html);
        AppendPeople(html);
        ReportHtml.Write(output, html.Append(ReportHtml.End));
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        // There is nothing to give back: only counts are kept.
    }

    private static string Text(string text) => ReportHtml.Text(text);

    private static void Count<T>(SortedDictionary<T, long> counts, T key)
        where T : notnull =>
        counts[key] = counts.GetValueOrDefault(key) + 1;

    private string Number(long count) => count.ToString("N0", culture);

    private string Time(DateTimeOffset at) =>
        ReportHtml.Time(at, TimeZoneInfo.ConvertTime(at, request.Zone).ToString("d MMMM yyyy HH:mm:ss", culture));

    private void AppendFacts(StringBuilder html, Checkpoint checkpoint)
    {
        html.Append("<table>\n<caption>").Append(Text(common.FactsCaption)).Append("</caption>\n<tbody>\n");
        Row(common.Organisation, Text(request.Organisation));
        Row(common.Log, $"<code>{Text(checkpoint.Origin)}</code>");
        Row(common.Made, Time(request.At));
        if (request.Period is { } period)
        {
            Row(texts.Asked, string.Format(culture, texts.AskedValue, Time(period.From), Time(period.Before)));
        }

        Row(common.Events, Number(events - outside));
        Row(common.Period, types.Count == 0 ? "—" : string.Format(culture, common.PeriodValue, Time(first), Time(last)));
        Row(texts.NewDossiers, Number(cases));
        Row(texts.Leaves, string.Format(culture, texts.LeavesValue, Number(request.FirstLeaf), Number(request.FirstLeaf + events - 1)));
        if (outside > 0)
        {
            Row(texts.Outside, Number(outside));
        }

        Row(texts.Profile, Text(texts.ProfileOf(request.Profile)));
        Row(common.Leaf, Number(checkpoint.Size));
        Row(common.Root, $"<code>{Text(Convert.ToBase64String(checkpoint.Root))}</code>");
        html.Append("</tbody>\n</table>\n");

        void Row(string name, string valueHtml) =>
            html.Append("<tr><th scope=\"row\">").Append(Text(name)).Append("</th><td>").Append(valueHtml).Append("</td></tr>\n");
    }

    private void AppendCounts(StringBuilder html)
    {
        html.Append("<h2>").Append(Text(texts.CountsHeading)).Append("</h2>\n");
        Table(texts.TypesCaption, texts.TypeColumn, types.Select(t => (labels.Event(t.Key), t.Value)));
        Table(texts.MonthsCaption, texts.MonthColumn, months.Select(m => (m.Key.ToString("MMMM yyyy", culture), m.Value)));
        if (omissions.Count > 0)
        {
            Table(texts.OmittedCaption, texts.OmittedColumn, omissions.Select(o => (texts.Because(o.Key), o.Value)));
        }

        void Table(string caption, string column, IEnumerable<(string Name, long Count)> rows)
        {
            ReportHtml.TableHead(html, caption, column, texts.CountColumn);
            foreach (var (name, count) in rows)
            {
                html.Append("<tr><th scope=\"row\">").Append(Text(name)).Append("</th><td>").Append(Number(count)).Append("</td></tr>\n");
            }

            html.Append("</tbody>\n</table>\n");
        }
    }

    private void AppendPeople(StringBuilder html)
    {
        html.Append("<h2>").Append(Text(common.PeopleHeading)).Append("</h2>\n");
        ReportHtml.TableHead(html, common.PeopleCaption, common.PeopleName, texts.RolesColumn, common.PeopleId);
        var number = 0;
        foreach (var (actor, roles) in people)
        {
            number++;
            var name = request.ShownName(actor)
                ?? (roles.Contains(SystemRole) ? labels.Value(SystemRole)
                    : request.Profile.Names ? common.Unknown
                    : string.Format(culture, common.Colleague, number));
            html.Append("<tr><th scope=\"row\">").Append(Text(name)).Append("</th><td>")
                .AppendJoin(", ", roles.Select(r => Text(labels.Role(r)))).Append("</td><td><code>").Append(Text(actor)).Append("</code></td></tr>\n");
        }

        html.Append("</tbody>\n</table>\n");
    }
}
