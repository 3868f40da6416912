using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SignalReview.Trail.Bundles;

/// <summary>
/// report.html: the case's trail as a story, in one file without script, pictures or links outside, for a reader and for a screen
/// reader. Events stream into a spool; what stands above them is known only at the end.
/// </summary>
internal sealed class ReportWriter : IBundleDocument
{
    private const string SystemRole = "system";

    private readonly BundleRequest request;
    private readonly ReportTexts texts;
    private readonly ReportLabels labels;
    private readonly CultureInfo culture;
    private readonly Spool story;
    private readonly ReportBlindness blindness;
    private readonly SortedDictionary<string, SortedSet<string>> people = new(StringComparer.Ordinal);

    /// <summary>What stands for a name where the profile leaves names out.</summary>
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);

    private readonly NamedEvents named = new();

    private long events;
    private long omitted;
    private DateTimeOffset first;
    private DateTimeOffset last;

    public ReportWriter(BundleRequest request)
    {
        this.request = request;
        texts = ReportTexts.For(request.Language);
        labels = ReportLabels.For(request.Language);
        culture = CultureInfo.GetCultureInfo(request.Language);
        story = new Spool(request.TemporaryFolder);
        blindness = new(ReportBlindnessTexts.For(request.Language), culture, request.Zone, NameOf, request.TemporaryFolder);
    }

    public string Name => BundleLayout.Report;

    public void Add(EventHeader header, BundleEvent source, JsonElement? body)
    {
        first = events == 0 ? header.At : first;
        last = header.At;
        events++;
        omitted += source.Omission is null ? 0 : 1;
        Remember(header);
        blindness.Add(header, source.LeafIndex, body, IsChanged(header, source));

        var html = new StringBuilder();
        html.Append("<li id=\"e").Append(header.CaseSeq).Append("\">\n<h3>").Append(Text(NameOf(header))).Append(' ')
            .Append(Text(labels.Event(header.Type))).Append("</h3>\n<p class=\"when\">").Append(Text(Format(texts.Number, header.CaseSeq!)))
            .Append(" · ").Append(Time(header.At)).Append(" · ").Append(Text(Format(texts.As, labels.Role(header.Role))));
        if (header.OnBehalfOf is { } principal)
        {
            html.Append(", ").Append(Text(Format(texts.OnBehalfOf, NameOf(principal))));
        }

        html.Append("</p>\n");
        AppendContent(html, source.Omission, body);
        html.Append("<details><summary>").Append(Text(texts.Technical)).Append("</summary><code>").Append(Text(header.Type)).Append("</code> · <code>")
            .Append(header.Id.ToString("D")).Append("</code> · ").Append(Text(texts.Position)).Append(' ').Append(source.LeafIndex);
        AppendFact(html, texts.Policy, header.Policy);
        AppendFact(html, texts.Cause, header.Cause?.ToString("D"));
        html.Append("</details>\n</li>\n");
        ReportHtml.Write(story, html);
    }

    /// <summary>Writes the whole report.</summary>
    public async Task WriteAsync(Stream output, Checkpoint checkpoint, CancellationToken ct)
    {
        var html = new StringBuilder();
        ReportHtml.Open(html, texts.Language, texts.Title, texts.Intro);
        AppendFacts(html, checkpoint);
        html.Append("<h2>").Append(Text(texts.ProofHeading)).Append("</h2>\n");
        foreach (var paragraph in new[] { texts.Proof, texts.ProofNot, texts.ProofHow })
        {
            html.Append("<p>").Append(Text(paragraph)).Append("</p>\n");
        }

        html.Append("<h2>").Append(Text(texts.BlindHeading)).Append("</h2>\n");
        ReportHtml.Write(output, html);
        await blindness.WriteAsync(output, ct);
        AppendPeople(html);
        html.Append("<h2>").Append(Text(texts.StoryHeading)).Append("</h2>\n<p>").Append(Text(Format(texts.StoryIntro, request.Zone.Id)))
            .Append("</p>\n<ol class=\"story\">\n");
        ReportHtml.Write(output, html);
        story.Position = 0;
        await story.CopyToAsync(output, ct);
        ReportHtml.Write(output, html.Append("</ol>\n").Append(ReportHtml.End));
    }

    public void Dispose()
    {
        story.Dispose();
        blindness.Dispose();
    }

    private static string Text(string text) => ReportHtml.Text(text);

    private string Format(string format, params object[] values) => string.Format(culture, format, values);

    private string NameOf(string actor)
    {
        if (request.Profile.Names || actor.Length == 0)
        {
            return request.NameOf(actor) ?? (actor.Length > 0 ? actor : texts.Unknown);
        }

        // The same colleague keeps the same number throughout, so that the story can still be followed.
        if (!numbers.TryGetValue(actor, out var number))
        {
            numbers[actor] = number = numbers.Count + 1;
        }

        return Format(texts.Colleague, number);
    }

    /// <summary>The product itself acts under an id too, but has no name.</summary>
    private string NameOf(EventHeader header) =>
        header.Role == SystemRole ? request.ShownName(header.Actor) ?? labels.Value(SystemRole) : NameOf(header.Actor);

    private string Local(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, request.Zone).ToString("d MMMM yyyy HH:mm:ss", culture);

    private string Time(DateTimeOffset at) => ReportHtml.Time(at, Local(at));

    private static void AppendFact(StringBuilder html, string name, string? value)
    {
        if (value is not null)
        {
            html.Append(" · ").Append(Text(name)).Append(" <code>").Append(Text(value)).Append("</code>");
        }
    }

    private void Remember(EventHeader header)
    {
        if (!people.TryGetValue(header.Actor, out var roles))
        {
            people[header.Actor] = roles = new SortedSet<string>(StringComparer.Ordinal);
        }

        roles.Add(header.Role);
        named.Add(header);
    }

    /// <summary>What the store holds is not what was committed to; the verifier will say so too.</summary>
    private static bool IsChanged(EventHeader header, BundleEvent source)
    {
        if (source.Body is not { } stored)
        {
            return false;
        }

        using var body = JsonDocument.Parse(stored.Json);
        return !Commitment.Matches(header.Commit, stored.Salt, Jcs.Canonicalize(body.RootElement));
    }

    private void AppendFacts(StringBuilder html, Checkpoint checkpoint)
    {
        html.Append("<table>\n<caption>").Append(Text(texts.FactsCaption)).Append("</caption>\n<tbody>\n");
        Row(texts.Organisation, Text(request.Organisation));
        Row(texts.Case, $"<code>{request.Case:D}</code>");
        Row(texts.Log, $"<code>{Text(checkpoint.Origin)}</code>");
        Row(texts.Made, Time(request.At));
        Row(texts.Events, events.ToString("N0", culture));
        Row(texts.Period, events == 0 ? "—" : Format(texts.PeriodValue, Time(first), Time(last)));
        Row(texts.Omitted, omitted == 0 ? Text(texts.None) : omitted.ToString("N0", culture));
        Row(texts.Leaf, checkpoint.Size.ToString("N0", culture));
        Row(texts.Root, $"<code>{Text(Convert.ToBase64String(checkpoint.Root))}</code>");
        html.Append("</tbody>\n</table>\n");

        void Row(string name, string valueHtml) =>
            html.Append("<tr><th scope=\"row\">").Append(Text(name)).Append("</th><td>").Append(valueHtml).Append("</td></tr>\n");
    }

    private void AppendPeople(StringBuilder html)
    {
        html.Append("<h2>").Append(Text(texts.PeopleHeading)).Append("</h2>\n");
        ReportHtml.TableHead(html, texts.PeopleCaption, texts.PeopleName, texts.PeopleRoles, texts.PeopleId);
        foreach (var (actor, roles) in people)
        {
            var name = roles.Contains(SystemRole) ? request.ShownName(actor) ?? labels.Value(SystemRole) : NameOf(actor);
            html.Append("<tr><th scope=\"row\">").Append(Text(name)).Append("</th><td>")
                .AppendJoin(", ", roles.Select(r => Text(labels.Role(r)))).Append("</td><td><code>").Append(Text(actor)).Append("</code></td></tr>\n");
        }

        html.Append("</tbody>\n</table>\n");
    }

    private void AppendContent(StringBuilder html, BodyOmission? omission, JsonElement? body)
    {
        switch (omission)
        {
            case BodyOmission.Erased:
                Note(texts.Erased);
                break;
            case BodyOmission.Blind:
                Note(texts.StillBlind);
                break;
            case BodyOmission.Closed:
                Note(texts.Closed);
                break;
            case BodyOmission.Profile:
                Note(texts.LeftOut);
                break;
            case BodyOmission.Outside:
                Note(texts.Outside);
                break;
            case null when body is { ValueKind: JsonValueKind.Object } members:
                AppendMembers(html, members);
                break;
            case null when body is { } value && !IsNothing(value):
                html.Append("<p>");
                AppendValue(html, value, null);
                html.Append("</p>\n");
                break;
        }

        void Note(string text) => html.Append("<p class=\"note\">").Append(Text(text)).Append("</p>\n");
    }

    private void AppendMembers(StringBuilder html, JsonElement members)
    {
        var opened = false;
        foreach (var member in members.EnumerateObject().Where(m => !IsNothing(m.Value)).OrderBy(m => ReportLabels.Order(m.Name)))
        {
            html.Append(opened ? "" : "<dl>\n").Append("<dt>").Append(Text(labels.Field(member.Name))).Append("</dt><dd>");
            opened = true;
            AppendValue(html, member.Value, member.Name);
            html.Append("</dd>\n");
        }

        html.Append(opened ? "</dl>\n" : "");
    }

    private void AppendValue(StringBuilder html, JsonElement value, string? field)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                AppendMembers(html, value);
                break;
            case JsonValueKind.Array:
                html.Append("<ul>\n");
                foreach (var item in value.EnumerateArray())
                {
                    html.Append("<li>");
                    AppendValue(html, item, field);
                    html.Append("</li>\n");
                }

                html.Append("</ul>\n");
                break;
            case JsonValueKind.String when named.TryGet(value, out _, out var seq):
                html.Append("<a href=\"#e").Append(seq).Append("\">").Append(Text(Format(texts.Number, seq))).Append("</a>");
                break;
            case JsonValueKind.String:
                html.Append("<bdi>").Append(Text(Readable(value.GetString()!, field))).Append("</bdi>");
                break;
            case JsonValueKind.True:
                html.Append(Text(texts.Yes));
                break;
            case JsonValueKind.False:
                html.Append(Text(texts.No));
                break;
            case JsonValueKind.Number:
                html.Append(Text(value.GetRawText()));
                break;
            case JsonValueKind.Null:
            case JsonValueKind.Undefined:
                html.Append(Text(texts.Empty));
                break;
        }
    }

    /// <summary>People's ids become names, codes become words, times become local; what people wrote stays as it is.</summary>
    private string Readable(string text, string? field)
    {
        if (Guid.TryParseExact(text, "D", out _) && request.NameOf(text) is not null)
        {
            return NameOf(text);
        }

        return text.Length >= 19
            && text[10] == 'T'
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
                ? Local(at)
                : labels.Value(field, text);
    }

    private static bool IsNothing(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => true,
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => value.EnumerateObject().All(m => IsNothing(m.Value)),
        JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => false,
    };
}
