using System.Globalization;
using Microsoft.Extensions.Primitives;
using SignalReview.Web.Components.Kit;

namespace SignalReview.Web.Components.Pages.Cases;

/// <summary>
/// One form as it came in. Fields are named as the paths in the commands ("decision.rationale"), so that a refusal's problems point at them.
/// </summary>
/// <remarks>
/// The pages read the form themselves instead of binding it: a page has many small forms, some once for each question or action, and a form
/// that the case has moved past must still be answered, with what was typed.
/// </remarks>
public sealed class FormPost(IReadOnlyDictionary<string, StringValues> fields, byte[]? image = null)
{
    /// <summary>The name of every form's handler; see <see cref="CaseFrame"/>.</summary>
    public const string Handler = "act";
    public const string ActionField = "action";
    public const string CommandField = "commandId";

    /// <summary>Which of a form's buttons was pressed, where it has several.</summary>
    public const string ButtonField = "do";

    /// <summary>Which question, reader or action the form is about, where there is one form for each.</summary>
    public const string TargetField = "target";

    private static readonly string[] Own = [ActionField, CommandField, ButtonField, TargetField, "revision"];

    /// <summary>The file of a form that sends an image.</summary>
    public ReadOnlyMemory<byte> Image => image;

    public string Action => Text(ActionField) ?? "";

    public string? Button => Text(ButtonField);

    public Guid CommandId => Id(CommandField) ?? Guid.Empty;

    public Guid? Target => Id(TargetField);

    /// <summary>What somebody wrote, and nothing that the page put there itself.</summary>
    public IEnumerable<string> Written => fields
        .Where(entry => !entry.Key.StartsWith('_') && !Own.Contains(entry.Key, StringComparer.Ordinal))
        .SelectMany(entry => entry.Value.ToArray())
        .OfType<string>()
        .Where(text => IsProse(text) && !Guid.TryParse(text, out _));

    public static async Task<FormPost?> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (!HttpMethods.IsPost(request.Method) || !request.HasFormContentType)
        {
            return null;
        }

        var form = await request.ReadFormAsync(ct);
        return new(
            form.ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal),
            form.Files.GetFile("image") is { } file ? await BytesAsync(file, ct) : null);
    }

    private static async Task<byte[]> BytesAsync(IFormFile file, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, ct);
        return bytes.ToArray();
    }

    public bool Has(string name) => fields.ContainsKey(name);

    /// <returns>Null for what is not there or empty; line ends as \n.</returns>
    public string? Text(string name)
        => fields.TryGetValue(name, out var values) && values.LastOrDefault() is { Length: > 0 } text
            ? text.ReplaceLineEndings("\n")
            : null;

    /// <summary>For a command's required text: what is missing is refused by its rules.</summary>
    public string Words(string name) => Text(name) ?? "";

    /// <summary>Every value of a field that comes several times.</summary>
    public IReadOnlyList<string> All(string name) => fields.TryGetValue(name, out var values) ? [.. values.OfType<string>()] : [];

    public bool Ticked(string name) => Text(name) is not null;

    public int? Number(string name)
        => int.TryParse(Text(name), NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    public long Revision => long.TryParse(Text("revision"), CultureInfo.InvariantCulture, out var revision) ? revision : 0;

    public Guid? Id(string name) => Guid.TryParse(Text(name), out var id) ? id : null;

    /// <summary>Boxes that were ticked, each naming something by its id.</summary>
    public IReadOnlyList<Guid> Ids(string name) => fields.TryGetValue(name, out var values)
        ? [.. values.Select(value => Guid.TryParse(value, out var id) ? id : (Guid?)null).OfType<Guid>().Distinct()]
        : [];

    public DateOnly? Date(string name) => DateOnly.TryParseExact(Text(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    /// <summary>A moment as a datetime-local field gives it, without a zone.</summary>
    public DateTime? LocalTime(string name) => DateTime.TryParse(Text(name), CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    /// <summary>Which places of a repeated group of fields came in, from 0 on without a gap.</summary>
    public IEnumerable<int> Numbered(Func<int, string> path)
        => Enumerable.Range(0, int.MaxValue).TakeWhile(i => fields.Keys.Any(name => name.StartsWith(path(i) + ".", StringComparison.Ordinal)));

    public IReadOnlyList<string> Entries(string name) => Lines.Split(Text(name));

    public TEnum? Choice<TEnum>(string name)
        where TEnum : struct, Enum
        => Choices.Find<TEnum>(Text(name));

    public IReadOnlyList<TEnum> Ticks<TEnum>(string name)
        where TEnum : struct, Enum
        => fields.TryGetValue(name, out var values) ? [.. values.Select(Choices.Find<TEnum>).OfType<TEnum>().Distinct()] : [];

    // Not a number, a date or the name of a choice: it begins with a capital, or has a space or a mark after its first letter.
    private static bool IsProse(string text) =>
        (text.Length > 0 && char.IsUpper(text[0]))
        || text.SkipWhile(c => !char.IsLetter(c)).Any(c => char.IsWhiteSpace(c) || char.IsPunctuation(c));
}
