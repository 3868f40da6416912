using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SignalReview.Storage;
using SignalReview.Workflow;

namespace SignalReview.Privacy;

/// <summary>A file of rules that an organisation edits, as it was read.</summary>
/// <param name="Id">Its name; the same through all versions.</param>
/// <param name="Version">From 1; raised with every change.</param>
/// <param name="Name">For people.</param>
/// <param name="Raw">The file's text.</param>
/// <param name="Sha256">Of the file's bytes, lower-case hex.</param>
internal sealed record RuleFileHead(string Id, int Version, RuleText Name, string Raw, string Sha256);

/// <summary>Stops start-up and names every problem of the file.</summary>
internal sealed class InvalidRulesException(string what, IReadOnlyList<DefinitionProblem> problems)
    : Exception($"The {what} are invalid:{Environment.NewLine}{string.Join(Environment.NewLine, problems)}")
{
    public IReadOnlyList<DefinitionProblem> Problems => problems;
}

/// <summary>
/// Reads a file of rules strictly: what is unknown or missing is refused, and all problems are reported at once, each with its place in the file
/// and how to mend it.
/// </summary>
/// <param name="file">Only named in the problems.</param>
internal sealed class RuleFile(string file)
{
    public const int LongestText = 1000;

    private const int LongestId = 60;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false };
    private static readonly string[] Languages = ["nl", "en"];

    private readonly ProblemList problems = new(file);

    public int ProblemCount => problems.Count;

    public ImmutableArray<DefinitionProblem> Problems => problems.ToImmutable();

    /// <summary>Reads the whole file.</summary>
    /// <param name="file">Only named in the problems.</param>
    /// <param name="bytes">UTF-8 without a byte order mark.</param>
    /// <param name="known">The properties of the file as a whole, beside id, version and name.</param>
    /// <param name="read">Reads the rest; what it gives counts only when no problem was found.</param>
    public static (T? Rules, ImmutableArray<DefinitionProblem> Problems) Read<T>(
        string file, ReadOnlyMemory<byte> bytes, IReadOnlyCollection<string> known, Func<RuleFile, JsonElement, RuleFileHead, T?> read)
        where T : class
    {
        var reader = new RuleFile(file);
        T? rules = null;
        try
        {
            var raw = Utf8.GetString(bytes.Span);
            using var json = JsonDocument.Parse(bytes, Options);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                reader.Add("(file)", "is not one set of rules", "a file holds one set between { and }; start from a copy of the shipped one");
            }
            else
            {
                reader.RefuseUnknown(root, ["id", "version", "name", .. known], "");
                var head = new RuleFileHead(
                    reader.Id(root, ""), reader.Whole(root, "version", "", 1, int.MaxValue) ?? 0, reader.Words(root, "name", ""), raw,
                    Convert.ToHexStringLower(SHA256.HashData(bytes.Span)));
                rules = read(reader, root, head);
            }
        }
        catch (Exception e) when (e is JsonException or DecoderFallbackException)
        {
            reader.Add(
                "(file)",
                $"not readable as JSON in UTF-8 without a byte order mark: {e.Message.TrimEnd('.')}",
                "look at the place that is named: a comma, bracket or quote is missing or stands double there");
        }

        return reader.ProblemCount == 0 ? (rules, []) : (null, reader.Problems);
    }

    public void Add(string place, string reason, string mend) => problems.Add(place, reason, mend);

    public void RefuseUnknown(JsonElement json, IReadOnlyCollection<string> known, string at)
    {
        foreach (var property in json.EnumerateObject().Where(p => !known.Contains(p.Name, StringComparer.Ordinal)))
        {
            Add($"{at}{property.Name}", "is unknown", $"remove it, or correct its spelling; here are known: {string.Join(", ", known)}");
        }
    }

    /// <returns>The items that are objects, each with its place; what is no object, and an empty list where one is needed, is a problem.</returns>
    public IReadOnlyList<(JsonElement Item, string At)> Items(JsonElement json, string property, string at, bool needed, params string[] known)
    {
        var found = new List<(JsonElement, string)>();
        foreach (var (place, item) in json.List(property).Index())
        {
            var where = $"{at}{property}[{place}]";
            if (item.ValueKind != JsonValueKind.Object)
            {
                Add(where, "does not stand between { and }", $"write an object with {string.Join(", ", known)}");
                continue;
            }

            RefuseUnknown(item, known, $"{where}.");
            found.Add((item, $"{where}."));
        }

        if (needed && found.Count == 0)
        {
            Add($"{at}{property}", "is missing or empty", $"add \"{property}\": [ {{ … }} ] with at least one entry");
        }

        return found;
    }

    /// <returns>Empty when it is missing or no id.</returns>
    public string Id(JsonElement json, string at)
    {
        var id = json.Text("id");
        if (id is null || id.Length > LongestId || !char.IsAsciiLetterLower(id[0]) || !id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
        {
            Add($"{at}id", id is null ? "is missing" : $"'{id}' is no id", "write a name of letters, digits and hyphens that begins with a small letter, such as \"publicTask\"");
            return "";
        }

        return id;
    }

    public int? Whole(JsonElement json, string property, string at, int least, int most)
    {
        if (json.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)
            && number >= least && number <= most)
        {
            return number;
        }

        Add($"{at}{property}", most == int.MaxValue ? $"must be a whole number from {least}" : $"must be a whole number from {least} to {most}", $"write \"{property}\": and the number, without quotes");
        return null;
    }

    public bool? YesNo(JsonElement json, string property, string at)
    {
        if (json.TryGetProperty(property, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.ValueKind == JsonValueKind.True;
        }

        Add($"{at}{property}", "must be true or false", $"write \"{property}\": true or \"{property}\": false, without quotes");
        return null;
    }

    /// <summary>One line or a few, of which the law or the organisation's policy is the source.</summary>
    public string Line(JsonElement json, string property, string at, string mend)
    {
        var text = json.Text(property);
        if (string.IsNullOrWhiteSpace(text))
        {
            Add($"{at}{property}", "is missing", mend);
        }
        else if (text.Length > LongestText)
        {
            Add($"{at}{property}", $"is {text.Length} characters long; at most {LongestText} fit", "say it shorter");
        }

        return text ?? "";
    }

    public RuleText Words(JsonElement json, string property, string at)
    {
        if (!json.TryGetProperty(property, out var both) || both.ValueKind != JsonValueKind.Object)
        {
            Add($"{at}{property}", "is missing", $"add \"{property}\": {{ \"nl\": …, \"en\": … }}");
            return new("", "");
        }

        RefuseUnknown(both, Languages, $"{at}{property}.");
        return new(
            Line(both, "nl", $"{at}{property}.", "add the Dutch text"),
            Line(both, "en", $"{at}{property}.", "add the English text; some colleagues read the product in English"));
    }

    public CalendarPeriod? Period(JsonElement json, string property, string at)
    {
        if (CalendarPeriod.TryParse(json.Text(property), out var period))
        {
            return period;
        }

        Add(
            $"{at}{property}",
            json.Text(property) is { } given ? $"'{given}' is no period" : "is missing",
            "write a period of the calendar, at most a century: \"P20Y\" is twenty years, \"P18M\" eighteen months, \"P6W\" six weeks, \"P30D\" thirty days");
        return null;
    }

    public T? Choice<T>(JsonElement json, string property, string at)
        where T : struct, Enum
    {
        if (Enums.TryParse<T>(json.Text(property), out var value))
        {
            return value;
        }

        Add($"{at}{property}", json.Text(property) is { } given ? $"'{given}' is unknown" : "is missing", $"use one of {All<T>()}");
        return null;
    }

    /// <returns>Null when the property is not there: then it says nothing.</returns>
    public ImmutableHashSet<T>? Choices<T>(JsonElement json, string property, string at)
        where T : struct, Enum
    {
        if (!json.TryGetProperty(property, out _))
        {
            return null;
        }

        var found = ImmutableHashSet.CreateBuilder<T>();
        var items = json.List(property).ToList();
        foreach (var (place, item) in items.Index())
        {
            if (item.ValueKind == JsonValueKind.String && Enums.TryParse<T>(item.GetString(), out var value))
            {
                found.Add(value);
            }
            else
            {
                Add($"{at}{property}[{place}]", $"{item.GetRawText()} is unknown", $"use one of {All<T>()}");
            }
        }

        return NotEmpty(found.ToImmutable(), property, at, items.Count);
    }

    /// <inheritdoc cref="Choices{T}"/>
    public ImmutableHashSet<string>? Names(JsonElement json, string property, string at, IReadOnlyCollection<string> known)
    {
        if (!json.TryGetProperty(property, out _))
        {
            return null;
        }

        var names = json.List(property).Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : item.GetRawText()).ToList();
        foreach (var (place, name) in names.Index().Where(n => !known.Contains(n.Item, StringComparer.Ordinal)))
        {
            Add($"{at}{property}[{place}]", $"'{name}' is unknown", $"use one of {string.Join(", ", known)}");
        }

        return NotEmpty(names.Where(n => known.Contains(n, StringComparer.Ordinal)).ToImmutableHashSet(StringComparer.Ordinal), property, at, names.Count);
    }

    public static string All<T>()
        where T : struct, Enum =>
        string.Join(", ", Enum.GetValues<T>().Select(Enums.Text));

    private ImmutableHashSet<T> NotEmpty<T>(ImmutableHashSet<T> set, string property, string at, int given)
    {
        if (given == 0)
        {
            Add($"{at}{property}", "is empty, so that nothing would ever match", "name what it is about, or leave the property out");
        }

        return set;
    }
}
