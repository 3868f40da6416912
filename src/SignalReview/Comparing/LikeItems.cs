using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace SignalReview.Comparing;

/// <summary>One entry of somebody's list.</summary>
/// <param name="Source">Whose list.</param>
/// <param name="Place">In it, from 0.</param>
/// <param name="Text">As it was written.</param>
internal sealed record ListedItem<T>(T Source, int Place, string Text);

/// <summary>
/// Puts entries of several readers' lists together that say the same in the same words. Upper and lower case, accents, punctuation, spaces
/// and articles make no difference; the words and their order do. Anything cleverer would put words in people's mouths. Pure.
/// </summary>
internal static class LikeItems
{
    private static readonly FrozenSet<string> Articles = new[] { "de", "het", "een", "t", "n", "the", "a", "an" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Groups in the order of their first entry; each entry is in exactly one of them. Blank entries say nothing.</summary>
    public static IReadOnlyList<IReadOnlyList<ListedItem<T>>> Merge<T>(IEnumerable<ListedItem<T>> items) =>
        [.. items.Where(i => !string.IsNullOrWhiteSpace(i.Text)).GroupBy(i => KeyOf(i.Text), StringComparer.Ordinal).Select(g => g.ToList())];

    public static bool AreAlike(string one, string other) => KeyOf(one) == KeyOf(other);

    /// <summary>What is left of a text when all that makes no difference is taken out.</summary>
    public static string KeyOf(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            // Emoji and other symbols are signs that somebody meant: they stay.
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format:
                    break;
                case UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DashPunctuation or UnicodeCategory.OpenPunctuation
                    or UnicodeCategory.ClosePunctuation or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation
                    or UnicodeCategory.OtherPunctuation or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Control:
                    plain.Append(' ');
                    break;
                default:
                    plain.Append(Rune.ToLowerInvariant(rune).ToString());
                    break;
            }
        }

        var words = plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var telling = words.Where(w => !Articles.Contains(w)).ToList();
        return telling.Count > 0 ? string.Join(' ', telling) : text.Trim();
    }
}
