using System.Text;

namespace SignalReview.Trail.Bundles.Pages;

/// <summary>A piece of text of one kind.</summary>
internal readonly record struct TextRun(string Text, bool Bold);

/// <summary>Text while it is gathered: white space counts once, except where people's own lines are kept.</summary>
internal sealed class TextRuns
{
    private readonly List<TextRun> runs = [];
    private bool blank = true;

    public bool IsEmpty => runs.TrueForAll(r => string.IsNullOrWhiteSpace(r.Text));

    public void Add(string text, bool bold, bool keepLines)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var c in keepLines ? text.ReplaceLineEndings("\n") : text)
        {
            var isBlank = c is ' ' or '\t' or '\n' or '\r' or '\f';
            if (!isBlank || keepLines)
            {
                kept.Append(c == '\t' ? ' ' : c);
            }
            else if (!blank)
            {
                kept.Append(' ');
            }

            blank = isBlank;
        }

        if (kept.Length > 0)
        {
            runs.Add(new(PdfFonts.Shown(kept.ToString()), bold));
        }
    }

    public void Break() => runs.Add(new("\n", false));

    public IReadOnlyList<TextRun> Take()
    {
        TextRun[] taken = [.. runs];
        runs.Clear();
        blank = true;
        return taken;
    }
}

/// <summary>Breaks text into lines of a width: between words, or inside one that is longer than a line.</summary>
internal static class TextLines
{
    /// <summary>At least one line. A space at which a line ends stays at its end, so that words are not joined when they are read aloud or copied.</summary>
    public static List<List<TextRun>> Break(IReadOnlyList<TextRun> runs, double width, double size)
    {
        var lines = new Lines(width);
        foreach (var run in runs)
        {
            foreach (var word in Words(run.Text))
            {
                lines.Add(word, run.Bold, size);
            }
        }

        return lines.All;
    }

    /// <summary>How wide it would be on one line.</summary>
    public static double Width(IReadOnlyList<TextRun> runs, double size)
    {
        var (widest, line) = (0.0, 0.0);
        foreach (var run in runs)
        {
            foreach (var (part, index) in run.Text.Split('\n').Select((p, i) => (p, i)))
            {
                line = (index > 0 ? 0 : line) + PdfFonts.Width(part, size, run.Bold);
                widest = Math.Max(widest, line);
            }
        }

        return widest;
    }

    /// <summary>Each with the spaces after it; a line break is a word of its own.</summary>
    private static IEnumerable<string> Words(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var end = at;
            while (end < text.Length && text[end] is not (' ' or '\n'))
            {
                end++;
            }

            while (end < text.Length && text[end] == ' ')
            {
                end++;
            }

            end = end == at ? at + 1 : end;
            yield return text[at..end];
            at = end;
        }
    }

    private sealed class Lines(double width)
    {
        private double used;

        public List<List<TextRun>> All { get; } = [[]];

        public void Add(string word, bool bold, double size)
        {
            if (word == "\n")
            {
                Next();
                return;
            }

            var solid = PdfFonts.Width(word.TrimEnd(' '), size, bold);
            if (used > 0 && used + solid > width)
            {
                Next();
            }

            if (solid <= width)
            {
                Put(word, bold, PdfFonts.Width(word, size, bold));
                return;
            }

            foreach (var letter in word)
            {
                var own = PdfFonts.Width(letter.ToString(), size, bold);
                if (used + own > width && used > 0 && letter != ' ')
                {
                    Next();
                }

                Put(letter.ToString(), bold, own);
            }
        }

        private void Next()
        {
            All.Add([]);
            used = 0;
        }

        private void Put(string text, bool bold, double wide)
        {
            var line = All[^1];
            if (line is [.., var last] && last.Bold == bold)
            {
                line[^1] = new(last.Text + text, bold);
            }
            else
            {
                line.Add(new(text, bold));
            }

            used += wide;
        }
    }
}
