using System.Globalization;
using PdfSharp;
using PdfSharp.Drawing;
using PdfSharp.Pdf;
using PdfSharp.UniversalAccessibility;

namespace SignalReview.Trail.Bundles.Pages;

/// <summary>How a text stands on the page.</summary>
/// <param name="Size">In points.</param>
/// <param name="Bold">Heavier.</param>
/// <param name="Gray">Beside what matters most; still dark enough for everyone.</param>
internal readonly record struct TextStyle(double Size, bool Bold = false, bool Gray = false)
{
    public double LineHeight => Size * 1.35;
}

/// <summary>
/// The pages themselves: A4, a margin, a number at the foot, and a place where the next line comes. Everything that is drawn stands in the tree of
/// tags that a screen reader follows, or is marked as no part of the text.
/// </summary>
internal sealed class PdfPages : IDisposable
{
    public const double Margin = 56;
    public const double Left = Margin;

    private const double Foot = 30;
    private const double FootSize = 8;

    private static readonly XColor Ink = XColor.FromArgb(0x1B, 0x1B, 0x1B);
    private static readonly XColor Dim = XColor.FromArgb(0x4A, 0x4A, 0x4A);

    private readonly PdfDocument document = new();
    private readonly StructureBuilder tags;
    private readonly string title;
    private readonly double height;
    private XGraphics graphics = null!;

    public PdfPages(string title, string language, DateTimeOffset at)
    {
        this.title = title;
        document.Info.Title = title;
        document.Info.Creator = "SignalReview";
        document.Info.CreationDate = at.UtcDateTime;
        document.Info.ModificationDate = at.UtcDateTime;
        document.ViewerPreferences.DisplayDocTitle = true;
        var manager = UAManager.ForDocument(document);
        manager.SetDocumentLanguage(language);
        tags = manager.StructureBuilder;
        var size = PageSizeConverter.ToSize(PageSize.A4);
        (Width, height) = (size.Width - (2 * Margin), size.Height);
        Next();
    }

    /// <summary>Between the margins.</summary>
    public double Width { get; }

    /// <summary>Where the next line begins.</summary>
    public double Y { get; private set; }

    public int Count => document.PageCount;

    public double Room => height - Margin - Y;

    /// <summary>What an empty page has.</summary>
    public double FullRoom => height - (2 * Margin);

    public void Begin(PdfBlockLevelElementTag tag) => tags.BeginElement(tag);

    public void Begin(PdfGroupingElementTag tag) => tags.BeginElement(tag);

    public void End() => tags.End();

    /// <summary>Draws what is no part of the text: lines, grounds, and what stands again on each page.</summary>
    public void Aside(Action draw)
    {
        tags.BeginArtifact();
        draw();
        tags.End();
    }

    public void Skip(double points) => Y = Y <= Margin ? Y : Y + points;

    public void Down(double points) => Y += points;

    /// <summary>A new page, unless so much still fits on this one.</summary>
    public bool Need(double points)
    {
        if (points <= Room || Y <= Margin)
        {
            return false;
        }

        Next();
        return true;
    }

    /// <summary>A new page. Elements that are open go on there.</summary>
    public void Next()
    {
        var before = graphics;
        var page = document.AddPage(); // while the page before is open: an element that goes on has to be ended there
        before?.Dispose();
        page.Size = PageSize.A4;
        graphics = XGraphics.FromPdfPage(page);
        Y = Margin;
        Aside(() =>
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"{PdfFonts.Shown(title)} · {document.PageCount}");
            Draw([new(text, false)], Left, height - Foot - FootSize, new(FootSize, Gray: true));
        });
    }

    /// <param name="line">What stands on it.</param>
    /// <param name="x">From the left.</param>
    /// <param name="y">Its top.</param>
    /// <param name="style">How.</param>
    public void Draw(IReadOnlyList<TextRun> line, double x, double y, TextStyle style)
    {
        foreach (var run in line)
        {
            var bold = run.Bold || style.Bold;
            graphics.DrawString(run.Text, PdfFonts.Of(style.Size, bold), new XSolidBrush(style.Gray ? Dim : Ink), x, y + style.Size);
            x += PdfFonts.Width(run.Text, style.Size, bold);
        }
    }

    public void Box(double x, double y, double width, double tall, bool filled)
    {
        var pen = new XPen(XColor.FromArgb(0x76, 0x76, 0x76), 0.5);
        if (filled)
        {
            graphics.DrawRectangle(pen, new XSolidBrush(XColor.FromArgb(0xF3, 0xF3, 0xF3)), x, y, width, tall);
        }
        else
        {
            graphics.DrawRectangle(pen, x, y, width, tall);
        }
    }

    public void Save(Stream output)
    {
        graphics.Dispose();
        document.Save(output, closeStream: false);
    }

    public void Dispose()
    {
        graphics.Dispose();
        document.Dispose();
    }
}
