using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SignalReview.Trail.Formats;

/// <summary>
/// What MDTO asks and only the organisation can say. It comes from a file of theirs, whose members are called as in MDTO, and is never invented.
/// </summary>
internal sealed record MdtoStatement
{
    private static readonly JsonSerializerOptions Json = new()
    {
        AllowDuplicateProperties = false,
        ReadCommentHandling = JsonCommentHandling.Skip,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Who made the record in the eyes of the law.</summary>
    [JsonPropertyName("archiefvormer")]
    public MdtoReference? Creator { get; init; }

    /// <summary>By which name the system goes that our identifiers are of.</summary>
    [JsonPropertyName("bron")]
    public string? Source { get; init; }

    /// <summary>"B": kept for good; "V": kept for a time.</summary>
    [JsonPropertyName("waardering")]
    public string? Appraisal { get; init; }

    [JsonPropertyName("taal")]
    public string? Language { get; init; }

    [JsonPropertyName("classificatie")]
    public IReadOnlyList<MdtoConcept>? Classification { get; init; }

    [JsonPropertyName("informatiecategorie")]
    public MdtoConcept? Category { get; init; }

    /// <summary>Beside that it holds personal data, which is always said.</summary>
    [JsonPropertyName("beperkingGebruik")]
    public IReadOnlyList<MdtoConcept>? Restrictions { get; init; }

    /// <exception cref="JsonException">Not JSON, or a member that is not known or of the wrong kind; its message says where.</exception>
    public static MdtoStatement Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<MdtoStatement>(json.StartsWith("\uFEFF"u8) ? json[3..] : json, Json) ?? throw new JsonException("null");

    /// <summary>All that is wrong at once, so that the file is mended in one go.</summary>
    public IReadOnlyList<MdtoProblem> Problems()
    {
        List<MdtoProblem> problems = [];
        Filled("bron", Source);
        Filled("archiefvormer.naam", Creator?.Name);
        if (Creator is { } creator && (creator.Id is null) != (creator.Source is null))
        {
            problems.Add(new(creator.Id is null ? "archiefvormer.kenmerk" : "archiefvormer.bron", MdtoFault.Together));
        }

        if (Creator?.Id is not null && Creator.Source is not null)
        {
            Filled("archiefvormer.kenmerk", Creator.Id);
            Filled("archiefvormer.bron", Creator.Source);
        }

        if (Appraisal is not ("B" or "V"))
        {
            problems.Add(new("waardering", Appraisal is null ? MdtoFault.Missing : MdtoFault.Appraisal));
        }

        if (Language is null || !IsLanguage(Language))
        {
            problems.Add(new("taal", Language is null ? MdtoFault.Missing : MdtoFault.Language));
        }

        Concepts("classificatie", Classification ?? []);
        Concepts("beperkingGebruik", Restrictions ?? []);
        if (Category is { } category)
        {
            Concept("informatiecategorie", category);
        }

        return problems;

        void Concepts(string path, IReadOnlyList<MdtoConcept> concepts)
        {
            foreach (var (index, concept) in concepts.Index())
            {
                Concept(string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]"), concept);
            }
        }

        void Concept(string path, MdtoConcept? concept)
        {
            Filled(path + ".label", concept?.Label);
            Filled(path + ".lijst", concept?.List);
        }

        void Filled(string path, string? value)
        {
            if (string.IsNullOrWhiteSpace(value))
            {
                problems.Add(new(path, MdtoFault.Missing));
            }
        }
    }

    /// <summary>As XML Schema's "language": letters, then parts of letters and digits.</summary>
    private static bool IsLanguage(string text) =>
        text.Split('-') is [var first, .. var rest] && first.Length is >= 1 and <= 8 && first.All(char.IsAsciiLetter)
        && rest.All(part => part.Length is >= 1 and <= 8 && part.All(char.IsAsciiLetterOrDigit));
}

/// <param name="Name">By which it is known.</param>
/// <param name="Id">In a register; null for none.</param>
/// <param name="Source">That register.</param>
internal sealed record MdtoReference(
    [property: JsonPropertyName("naam")] string? Name, [property: JsonPropertyName("kenmerk")] string? Id = null, [property: JsonPropertyName("bron")] string? Source = null);

/// <param name="Label">The concept in words.</param>
/// <param name="List">The list that it stands in.</param>
/// <param name="Code">Its code there; null for none.</param>
/// <param name="Description">What more there is to say; only of a restriction.</param>
internal sealed record MdtoConcept(
    [property: JsonPropertyName("label")] string? Label,
    [property: JsonPropertyName("lijst")] string? List,
    [property: JsonPropertyName("code")] string? Code = null,
    [property: JsonPropertyName("beschrijving")] string? Description = null);

internal enum MdtoFault
{
    Missing,
    Appraisal,
    Language,
    Together,
}

/// <param name="Path">In the organisation's file.</param>
/// <param name="Fault">What is wrong there.</param>
internal sealed record MdtoProblem(string Path, MdtoFault Fault);
