namespace SignalReview.Signals;

/// <summary>Finds what looks like the name of a person, word by word.</summary>
internal static class NameFinder
{
    /// <summary>Shorter ones are too often something else when written small.</summary>
    private const int ShortestSmallName = 4;

    private const int MostBetween = 3;

    /// <param name="text">What was written.</param>
    /// <param name="lowerCase">Words taken from a screen, where names are written small.</param>
    public static IEnumerable<(int Start, int Length)> Find(string text, bool lowerCase)
    {
        var words = Words(text);
        for (var i = 0; i < words.Count; i++)
        {
            if (LastOfName(words, i, lowerCase) is not { } last)
            {
                continue;
            }

            yield return (words[i].Start, words[last].Start + words[last].Stem.Length - words[i].Start);
            i = last;
        }
    }

    /// <returns>The index of the last word of the name that starts at <paramref name="i"/>; null when none does.</returns>
    private static int? LastOfName(List<Word> words, int i, bool lowerCase)
    {
        var word = words[i];
        var surname = Surname(words, i);
        var listed = NameLists.First.Contains(word.Stem);
        var ordinary = NameLists.FirstOrWord.Contains(word.Stem);
        if (!word.Capital || word.AllCapitals)
        {
            var small = listed && !ordinary && word.Stem.Length >= ShortestSmallName;
            return small && (lowerCase || word.AllCapitals) ? i : null;
        }

        if (surname is not null && (listed || ordinary))
        {
            return surname;
        }

        if ((listed && !ordinary) || (ordinary && !word.StartsSentence))
        {
            return i;
        }

        if (NameLists.NotNames.Contains(word.Text))
        {
            return null;
        }

        if (surname is not null && !word.StartsSentence && (SurelyBetween(words, i, surname.Value) || IsSurname(words[surname.Value].Stem)))
        {
            return surname;
        }

        if (!word.StartsSentence && NameLists.Last.Contains(word.Stem))
        {
            return i;
        }

        return Introduced(words, i) ? surname ?? i : null;
    }

    /// <summary>"Samira el Idrissi", "Joost Verbeek", "Kim de Vries": where the surname behind word <paramref name="i"/> ends.</summary>
    private static int? Surname(List<Word> words, int i)
    {
        var next = i + 1;
        while (next < words.Count && next - i <= MostBetween && words[next].Joined && !words[next].Capital && NameLists.Between.Contains(words[next].Text))
        {
            next++;
        }

        return next < words.Count && words[next].Joined && words[next] is { Capital: true, AllCapitals: false, Text.Length: > 1 }
            && !NameLists.NotNames.Contains(words[next].Text)
                ? next
                : null;
    }

    private static bool SurelyBetween(List<Word> words, int i, int surname) =>
        Enumerable.Range(i + 1, surname - i - 1).Any(j => NameLists.SurelyBetween.Contains(words[j].Text));

    private static bool IsSurname(string word) => NameLists.Last.Contains(word) || NameLists.LastOrWord.Contains(word);

    /// <summary>"mevrouw Aalbers", "hij heet Xandro", "heet ook Finn".</summary>
    private static bool Introduced(List<Word> words, int i) =>
        (i > 0 && words[i].Near && NameLists.Before.Contains(words[i - 1].Text))
        || (i > 1 && words[i].Joined && words[i - 1] is { Capital: false, Joined: true } && words[i - 1].Text is "ook" or "is" or "zich"
            && NameLists.Before.Contains(words[i - 2].Text));

    private static List<Word> Words(string text)
    {
        var words = new List<Word>();
        var end = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsLetter(text[i]))
            {
                continue;
            }

            var start = i;
            while (i < text.Length && (char.IsLetter(text[i]) || IsInner(text, i)))
            {
                i++;
            }

            // A word inside a handle, an address or a number is none.
            var free = (start == 0 || !(char.IsDigit(text[start - 1]) || text[start - 1] is '@' or '_' or '/' or '#')) && (i == text.Length || text[i] is not ('@' or '_'));
            if (free)
            {
                words.Add(new(text[start..i], start, text.AsSpan(end, start - end), text.AsSpan(0, start)));
            }

            end = i;
        }

        return words;
    }

    private static bool IsInner(string text, int i) =>
        text[i] is '\'' or '’' or '-' && i + 1 < text.Length && char.IsLetter(text[i + 1]);
}

/// <summary>One word where it stands.</summary>
internal readonly record struct Word
{
    /// <param name="text">The word.</param>
    /// <param name="start">Where it starts.</param>
    /// <param name="gap">What stands between the word before and this one.</param>
    /// <param name="before">Everything before it.</param>
    public Word(string text, int start, ReadOnlySpan<char> gap, ReadOnlySpan<char> before)
    {
        Text = text;
        Start = start;
        Stem = StemOf(text);
        Capital = char.IsUpper(text[0]);
        AllCapitals = text.Length > 1 && text.All(c => char.IsUpper(c) || !char.IsLetter(c));
        Joined = gap is " ";
        Near = gap is " " or ". " or ": " || (gap.Length == 2 && gap[0] == ' ' && gap[1] is '\'' or '"' or '‘' or '“');
        var left = before.TrimEnd([' ', '\'', '"', '‘', '“', '(', '–', '-']);
        StartsSentence = left.IsEmpty || left[^1] is '.' or '!' or '?' or ':' or ';' or '\n' or '…' || (before.Length > 0 && before[^1] is '\'' or '"' or '‘' or '“');
    }

    public string Text { get; }

    /// <summary>Without the 's of a possessive.</summary>
    public string Stem { get; }

    public int Start { get; }

    public bool Capital { get; }

    public bool AllCapitals { get; }

    /// <summary>One space away from the word before.</summary>
    public bool Joined { get; }

    /// <summary>As <see cref="Joined"/>, or behind a full stop, colon or opening quote.</summary>
    public bool Near { get; }

    public bool StartsSentence { get; }

    private static string StemOf(string word)
    {
        if (word.Length > 3 && word[^1] == 's' && word[^2] is '\'' or '’')
        {
            return word[..^2];
        }

        return word.Length > 3 && word[^1] == 's' && !NameLists.First.Contains(word) && NameLists.First.Contains(word[..^1]) ? word[..^1] : word;
    }
}
