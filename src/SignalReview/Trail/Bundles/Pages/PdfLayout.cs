using PdfSharp.UniversalAccessibility;

namespace SignalReview.Trail.Bundles.Pages;

/// <summary>
/// Sets a report on pages from its own HTML: the same words in the same order. It knows the tags that our reports use, and refuses any other, so that
/// a new one is not passed over in silence.
/// </summary>
internal sealed class PdfLayout(PdfPages pages)
{
    private const double Indent = 14;
    private const double KeepWithNext = 60;

    private static readonly TextStyle Normal = new(9.5);
    private static readonly TextStyle Term = new(9.5, Bold: true);
    private static readonly TextStyle Aside = new(9, Gray: true);
    private static readonly TextStyle Small = new(8, Gray: true);

    private readonly TextRuns text = new();
    private readonly List<PdfCell> row = [];
    private TextStyle style = Normal;
    private PdfTable? table;
    private bool inHead;
    private int strong;
    private bool keepLines;
    private bool bullet;
    private double indent;

    public void Add(HtmlToken token)
    {
        switch (token.Kind)
        {
            case HtmlTokenKind.Text:
                text.Add(token.Value, strong > 0, keepLines);
                break;
            case HtmlTokenKind.Open:
                Open(token.Value, token.Attributes);
                break;
            case HtmlTokenKind.Close:
                Close(token.Value);
                break;
        }
    }

    /// <summary>A last paragraph that is not in the HTML.</summary>
    public void Remark(string remark)
    {
        text.Add(remark, bold: true, keepLines: false);
        Paragraph(Normal, PdfBlockLevelElementTag.Paragraph);
    }

    private void Open(string tag, string attributes)
    {
        switch (tag)
        {
            case "strong":
                strong++;
                break;
            case "bdi":
                keepLines = true;
                break;
            case "br":
                text.Break();
                break;
            case "a" or "code" or "time":
                break;
            case "main" or "tbody" or "dl":
                Flush();
                break;
            case "h1" or "h2" or "h3" or "p" or "dt" or "summary" or "details":
                Flush();
                style = StyleOf(tag, attributes);
                break;
            case "dd":
                Flush();
                indent += Indent;
                break;
            case "ol" or "ul":
                Flush();
                pages.Begin(PdfBlockLevelElementTag.List);
                break;
            case "li":
                Flush();
                pages.Begin(PdfBlockLevelElementTag.ListItem);
                pages.Begin(PdfBlockLevelElementTag.ListBody);
                bullet = attributes.Length == 0; // an event's own head marks it well enough
                indent += Indent;
                break;
            case "table":
                Flush();
                table = new(pages);
                pages.Skip(4);
                pages.Need(KeepWithNext);
                pages.Begin(PdfBlockLevelElementTag.Table);
                break;
            case "caption" or "tr" or "th" or "td":
                break;
            case "thead":
                inHead = true;
                break;
            default:
                throw new FormatException($"A report on pages has no <{tag}>.");
        }
    }

    private void Close(string tag)
    {
        switch (tag)
        {
            case "strong":
                strong--;
                break;
            case "bdi":
                keepLines = false;
                break;
            case "h1" or "h2" or "h3":
                Heading(tag);
                break;
            case "p" or "dt" or "summary" or "details":
                Flush();
                style = tag == "summary" ? Small : Normal;
                break;
            case "dd":
                Flush();
                indent -= Indent;
                break;
            case "li":
                Flush();
                bullet = false;
                indent -= Indent;
                pages.End();
                pages.End();
                pages.Skip(indent == 0 ? 7 : 0);
                break;
            case "ol" or "ul":
                pages.End();
                break;
            case "caption":
                pages.Begin(PdfGroupingElementTag.Caption);
                Paragraph(Term, PdfBlockLevelElementTag.Paragraph);
                pages.End();
                break;
            case "th" or "td":
                row.Add(new(text.Take(), tag == "th"));
                break;
            case "tr":
                EndRow();
                break;
            case "thead":
                inHead = false;
                break;
            case "table":
                table!.End();
                table = null;
                pages.End();
                break;
        }
    }

    private static TextStyle StyleOf(string tag, string attributes) => tag switch
    {
        "h1" => new(18, Bold: true),
        "h2" => new(14, Bold: true),
        "h3" => new(10.5, Bold: true),
        "dt" => Term,
        "summary" or "details" => Small,
        _ => attributes.Length > 0 ? Aside : Normal, // when it was, or why something is not there
    };

    private void EndRow()
    {
        PdfCell[] cells = [.. row];
        row.Clear();
        if (inHead)
        {
            table!.AddHead(cells);
        }
        else
        {
            table!.Add(cells);
        }
    }

    private void Heading(string tag)
    {
        pages.Skip(tag == "h2" ? 14 : 2);
        pages.Need(style.LineHeight + KeepWithNext);
        Paragraph(style, tag switch
        {
            "h1" => PdfBlockLevelElementTag.Heading1,
            "h2" => PdfBlockLevelElementTag.Heading2,
            _ => PdfBlockLevelElementTag.Heading3,
        });
        style = Normal;
    }

    private void Flush()
    {
        if (table is null)
        {
            Paragraph(style, PdfBlockLevelElementTag.Paragraph);
        }
    }

    private void Paragraph(TextStyle how, PdfBlockLevelElementTag tag)
    {
        if (text.IsEmpty)
        {
            _ = text.Take();
            return;
        }

        if (how == Term)
        {
            pages.Need(3 * how.LineHeight); // never a term at the foot, and what it says overleaf
        }

        pages.Begin(tag);
        var runs = text.Take();
        var lines = TextLines.Break([.. runs.Select(r => r with { Bold = r.Bold || how.Bold })], pages.Width - indent, how.Size);
        foreach (var line in lines)
        {
            pages.Need(how.LineHeight);
            if (bullet)
            {
                bullet = false;
                pages.Aside(() => pages.Draw([new("•", false)], PdfPages.Left + indent - 9, pages.Y, how));
            }

            pages.Draw(line, PdfPages.Left + indent, pages.Y, how);
            pages.Down(how.LineHeight);
        }

        pages.End();
        pages.Skip(how.Size * 0.4);
    }
}
