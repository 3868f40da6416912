using PdfSharp.UniversalAccessibility;

namespace SignalReview.Trail.Bundles.Pages;

/// <summary>A cell of a table.</summary>
internal readonly record struct PdfCell(IReadOnlyList<TextRun> Text, bool IsHead);

/// <summary>
/// Sets a table row by row. Its first rows decide how wide its columns are, and then go out with the others. On each new page its head stands again;
/// a row that is longer than a page goes on on the next.
/// </summary>
internal sealed class PdfTable(PdfPages pages)
{
    private const int Sample = 40;
    private const double Pad = 4;
    private const double Narrowest = 48;
    private const double Widest = 210;

    private static readonly TextStyle Body = new(8.5);
    private static readonly TextStyle Head = new(8.5, Bold: true);

    private readonly List<PdfCell[]> waiting = [];
    private PdfCell[]? head;
    private double[]? columns;

    /// <summary>The head, before any row.</summary>
    public void AddHead(PdfCell[] row) => head = row;

    public void Add(PdfCell[] row)
    {
        if (columns is not null)
        {
            Set(row);
            return;
        }

        waiting.Add(row);
        if (waiting.Count == Sample)
        {
            Flush();
        }
    }

    public void End()
    {
        if (columns is null)
        {
            Flush();
        }

        pages.Skip(8);
    }

    private void Flush()
    {
        columns = Columns(head is null ? waiting : [head, .. waiting], pages.Width);
        if (head is { } first)
        {
            var row = Break(first);
            pages.Need((3 * Body.LineHeight) + Tall(row));
            SetPart(first, row);
        }

        foreach (var row in waiting)
        {
            Set(row);
        }

        waiting.Clear();
    }

    /// <summary>Each as wide as its widest text wants, within bounds; what is too much or too little is shared.</summary>
    private static double[] Columns(List<PdfCell[]> rows, double width)
    {
        var count = rows.Count == 0 ? 1 : rows.Max(r => r.Length);
        var wanted = new double[count];
        Array.Fill(wanted, Narrowest);
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++)
            {
                wanted[i] = Math.Max(wanted[i], Math.Min(Widest, TextLines.Width(row[i].Text, Body.Size) * (row[i].IsHead ? 1.15 : 1) + (2 * Pad) + 2));
            }
        }

        return [.. wanted.Select(w => w * width / wanted.Sum())];
    }

    private static double Tall(List<List<TextRun>>[] cells) => (cells.Max(c => c.Count) * Body.LineHeight) + (2 * Pad);

    private static List<List<TextRun>>[] Part(List<List<TextRun>>[] cells, int from, int count) => [.. cells.Select(c => c.Skip(from).Take(count).ToList())];

    private void Set(PdfCell[] row)
    {
        var cells = Break(row);
        var tall = Tall(cells);
        var headTall = head is null ? 0 : Tall(Break(head));
        if (tall > pages.Room && tall + headTall <= pages.FullRoom)
        {
            NextPage();
        }

        var lines = cells.Max(c => c.Count);
        for (var from = 0; from < lines;)
        {
            var fit = (int)((pages.Room - (2 * Pad)) / Body.LineHeight);
            if (fit < 1)
            {
                NextPage();
                continue;
            }

            var part = Part(cells, from, fit);
            SetPart(row, part);
            from += fit;
        }
    }

    private void NextPage()
    {
        pages.Next();
        if (head is { } again)
        {
            pages.Aside(() => Draw(again, Break(again), tagged: false));
        }
    }

    private void SetPart(PdfCell[] row, List<List<TextRun>>[] cells) => Draw(row, cells, tagged: true);

    private void Draw(PdfCell[] row, List<List<TextRun>>[] cells, bool tagged)
    {
        var tall = Tall(cells);
        if (tagged)
        {
            pages.Aside(() => Boxes(row, tall));
            pages.Begin(PdfBlockLevelElementTag.TableRow);
        }
        else
        {
            Boxes(row, tall);
        }

        var x = PdfPages.Left;
        for (var i = 0; i < row.Length; i++)
        {
            if (tagged)
            {
                pages.Begin(row[i].IsHead ? PdfBlockLevelElementTag.TableHeaderCell : PdfBlockLevelElementTag.TableDataCell);
            }

            for (var line = 0; line < cells[i].Count; line++)
            {
                pages.Draw(cells[i][line], x + Pad, pages.Y + Pad + (line * Body.LineHeight), StyleOf(row[i]));
            }

            if (tagged)
            {
                pages.End();
            }

            x += columns![i];
        }

        if (tagged)
        {
            pages.End();
        }

        pages.Down(tall);
    }

    private void Boxes(PdfCell[] row, double tall)
    {
        var x = PdfPages.Left;
        for (var i = 0; i < row.Length; i++)
        {
            pages.Box(x, pages.Y, columns![i], tall, row[i].IsHead);
            x += columns[i];
        }
    }

    private List<List<TextRun>>[] Break(PdfCell[] row) =>
        [.. row.Select((c, i) => TextLines.Break([.. c.Text.Select(r => r with { Bold = r.Bold || c.IsHead })], columns![i] - (2 * Pad), Body.Size))];

    private static TextStyle StyleOf(PdfCell cell) => cell.IsHead ? Head : Body;
}
