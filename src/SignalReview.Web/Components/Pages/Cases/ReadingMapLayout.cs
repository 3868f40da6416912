using SignalReview.Comparing;
using SignalReview.Consultations;

namespace SignalReview.Web.Components.Pages.Cases;

/// <summary>
/// The map of encoding against decoding. A row is what the sender meant, as a reader reconstructs it; readers who describe it in the same words
/// share one. A column is how the reader's decoding stands to that meaning. In a place stands who reads so. Pure: numbers for a picture of
/// this width.
/// </summary>
internal sealed class ReadingMapLayout
{
    public const int LineHeight = 18;
    public const int MostLabelLines = 3;

    private const int Narrow = 500;
    private const int HeadGap = 12;
    private const int RowGap = 14;
    private const int LabelGap = 6;
    private const int PointHeight = 52;
    private const int LeastRadius = 12;

    // Source Sans at 14 units: what a letter takes on average, rounded up.
    private const double LetterWidth = 7.2;

    public static IReadOnlyList<ReadingPosition> Columns { get; } = Enum.GetValues<ReadingPosition>();

    public ReadingMapLayout(IReadOnlyList<ReadingView> readings, int width)
    {
        Width = width;
        var y = (HeadLines * LineHeight) + HeadGap;
        var rows = new List<MapRow>();
        var placed = readings.Where(r => r.Interpretation is { ReadingPosition: not null, EncodingHypothesis: not null });
        foreach (var group in LikeItems.Merge(placed.Select(r => new ListedItem<ReadingView>(r, 0, r.Interpretation.EncodingHypothesis!))))
        {
            var row = RowOf(group, y);
            rows.Add(row);
            y = row.Bottom + RowGap;
        }

        Rows = rows;
        Height = y;
    }

    public int Width { get; }

    public int Height { get; }

    public IReadOnlyList<MapRow> Rows { get; }

    /// <summary>How many lines a column's name may take.</summary>
    public int HeadLines => Width < Narrow ? 3 : 1;

    public int ColumnWidth => Width / Columns.Count;

    public int MiddleOf(ReadingPosition column) => (ColumnWidth * (int)column) + (ColumnWidth / 2);

    /// <summary>Words to lines that fit; what does not fit in the last line ends in an ellipsis, and stands in full in the table.</summary>
    public static IReadOnlyList<string> Wrap(string text, int width, int most)
    {
        var letters = Math.Max(4, (int)(width / LetterWidth));
        var lines = new List<string> { "" };
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var line = lines[^1].Length == 0 ? word : $"{lines[^1]} {word}";
            if (line.Length <= letters || lines[^1].Length == 0)
            {
                lines[^1] = line;
            }
            else if (lines.Count < most)
            {
                lines.Add(word);
            }
            else
            {
                lines[^1] += " …";
                break;
            }
        }

        // A single word may be longer than a line.
        return [.. lines.Select(line => line.Length <= letters + 2 ? line : line[..(letters - 1)] + "…")];
    }

    private MapRow RowOf(IReadOnlyList<ListedItem<ReadingView>> group, int top)
    {
        var label = Wrap(group[0].Text, Width, MostLabelLines);
        var from = top + (label.Count * LineHeight) + LabelGap;
        var points = new List<MapPoint>();
        var bottom = from;
        foreach (var column in group.GroupBy(i => i.Source.Interpretation.ReadingPosition!.Value))
        {
            var y = from;
            foreach (var reading in column.Select(i => i.Source))
            {
                var name = Wrap(reading.By.Name, ColumnWidth - 4, 2);
                points.Add(new(reading, MiddleOf(column.Key), y + (PointHeight / 2), LeastRadius + (reading.Interpretation.Concern ?? 0), name));
                y += PointHeight + ((name.Count + 1) * LineHeight) + LabelGap;
            }

            bottom = Math.Max(bottom, y);
        }

        return new(label, top, from, bottom, points);
    }
}

/// <param name="Label">What the sender meant, in lines.</param>
/// <param name="Top">Where the label begins.</param>
/// <param name="From">Where the places begin.</param>
/// <param name="Bottom">Where the row ends.</param>
/// <param name="Points">Who reads so.</param>
internal sealed record MapRow(IReadOnlyList<string> Label, int Top, int From, int Bottom, IReadOnlyList<MapPoint> Points);

/// <param name="Reading">Whose.</param>
/// <param name="X">The middle.</param>
/// <param name="Y">The middle.</param>
/// <param name="Radius">Larger with more concern.</param>
/// <param name="Name">In lines.</param>
internal sealed record MapPoint(ReadingView Reading, int X, int Y, int Radius, IReadOnlyList<string> Name)
{
    public int Ring => Radius + 4;

    /// <summary>Where the words under the point begin.</summary>
    public int TextFrom => Y + 26 + ReadingMapLayout.LineHeight - 4;
}
