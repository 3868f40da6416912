using System.Text;
using System.Text.Json;
using SignalReview.People;
using SignalReview.Signals;
using SignalReview.Storage;
using SignalReview.Trail;

namespace SignalReview.Privacy.AccessRequests;

/// <summary>Words that go wherever they stand, in capitals or not; also within a longer word, because a name in the plural is still a name.</summary>
/// <param name="Words">As marked.</param>
/// <param name="Kind">Why.</param>
public sealed record MarkedWords(string Words, MarkKind Kind);

/// <summary>What a privacy officer blacks out of one case.</summary>
/// <param name="Words">Wherever they stand.</param>
/// <param name="Passages">Keys of passages that go as a whole.</param>
public sealed record AccessMarks(IReadOnlyList<MarkedWords> Words, IReadOnlyList<string> Passages)
{
    public const int MostWords = 500;

    public static AccessMarks None { get; } = new([], []);
}

/// <summary>Words that look as if they tell who somebody is. A suggestion: what is not found may still be there.</summary>
/// <param name="Words">As they stand there first.</param>
/// <param name="Kind">What marking them would say.</param>
/// <param name="Looks">What they look like; null for the name of a colleague.</param>
/// <param name="Times">How often.</param>
public sealed record MarkSuggestion(string Words, MarkKind Kind, PersonalDataKind? Looks, int Times);

/// <summary>A piece of a passage: a text, or what stands for one that was taken out.</summary>
/// <param name="Text">What is shown.</param>
/// <param name="Removed">Why there is something else; null: it is as it was written.</param>
internal sealed record Piece(string Text, MarkKind? Removed);

/// <summary>Takes out of passages what is about others. Pure.</summary>
internal sealed class Redactor(AccessMarks marks, AccessTexts texts)
{
    // Longer words first: "Fatima de Wit" goes as one, not as "Fatima" with the rest left standing.
    private readonly List<MarkedWords> words =
    [
        .. marks.Words.Select(w => w with { Words = w.Words.Trim().Normalize(NormalizationForm.FormC) }).Where(w => w.Words.Length > 0).OrderByDescending(w => w.Words.Length),
    ];

    private readonly HashSet<string> whole = marks.Passages.ToHashSet(StringComparer.Ordinal);

    public IReadOnlyList<Piece> Redact(AccessPassage passage)
    {
        if (whole.Contains(passage.Key))
        {
            return [new(texts.Removed(MarkKind.AboutOther), MarkKind.AboutOther)];
        }

        IReadOnlyList<Piece> pieces = [new(passage.Text, null)];
        foreach (var mark in words)
        {
            pieces = [.. pieces.SelectMany(p => p.Removed is null ? Split(p.Text, mark) : [p])];
        }

        return pieces;
    }

    /// <summary>The same for what is no passage.</summary>
    public string Text(string text) => Text(new AccessPassage("", "", text, Free: true));

    public string Text(AccessPassage passage) => string.Concat(Redact(passage).Select(p => p.Text));

    private IEnumerable<Piece> Split(string text, MarkedWords mark)
    {
        var from = 0;
        for (int at; (at = text.IndexOf(mark.Words, from, StringComparison.OrdinalIgnoreCase)) >= 0; from = at + mark.Words.Length)
        {
            if (at > from)
            {
                yield return new(text[from..at], null);
            }

            yield return new(texts.Removed(mark.Kind), mark.Kind);
        }

        if (from < text.Length)
        {
            yield return new(text[from..], null);
        }
    }

    /// <summary>What could be marked: by the finder of personal data, and the names of colleagues.</summary>
    public static IReadOnlyList<MarkSuggestion> Suggest(AccessContent content, PeopleSnapshot people)
    {
        var found = new List<(string Words, MarkKind Kind, PersonalDataKind? Looks)>();
        var names = people.All.SelectMany(p => p.Name.Split(' ').Where(n => n.Length > 2 && char.IsUpper(n[0])).Prepend(p.Name)).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        foreach (var passage in content.Entries.SelectMany(e => e.Passages).Where(p => p.Free))
        {
            found.AddRange(PersonalDataScanner.ScanText(passage.Key, passage.Text, content.Pseudonym, year: null)
                .Select(f => (f.Text, MarkKind.OtherPerson, (PersonalDataKind?)f.Kind)));
            found.AddRange(names.Where(n => HasWord(passage.Text, n)).Select(n => (n, MarkKind.Colleague, (PersonalDataKind?)null)));
        }

        return
        [
            .. found.GroupBy(f => f.Words, StringComparer.OrdinalIgnoreCase)
                .Select(g => g.OrderByDescending(f => f.Kind).First() is var one ? new MarkSuggestion(one.Words, one.Kind, one.Kind == MarkKind.Colleague ? null : one.Looks, g.Count()) : null!)
                .OrderBy(s => s.Words, StringComparer.OrdinalIgnoreCase),
        ];
    }

    private static bool HasWord(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + word.Length;
            if ((at == 0 || !char.IsLetter(text[at - 1])) && (end == text.Length || !char.IsLetter(text[end])))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>Keeps marks under the case's key: they are words about people.</summary>
internal static class MarksStore
{
    public static async Task<AccessMarks?> FindAsync(DbSession db, Dossier dossier, Guid file, CancellationToken ct) =>
        await db.FirstOrDefaultAsync<byte[]?>("access/marks", new { FileId = file }, ct) is { } blob
            ? JsonSerializer.Deserialize<AccessMarks>(dossier.Key.Decrypt(blob, file), TrailJson.Options)
            : null;

    public static byte[] Seal(Dossier dossier, Guid file, AccessMarks marks) => dossier.Key.Encrypt(JsonSerializer.SerializeToUtf8Bytes(marks, TrailJson.Options), file);
}
