using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using PdfSharp.Drawing;
using PdfSharp.Fonts;
using PdfSharp.Pdf;
using SkiaSharp;

namespace SignalReview.Trail.Bundles.Pages;

/// <summary>
/// The one typeface of the pages. It comes with the product, so that a report looks the same on every machine, and needs nothing installed.
/// </summary>
internal sealed class PdfFonts : IFontResolver
{
    private const string Regular = "DejaVuSans";
    private const string Bold = "DejaVuSans-Bold";
    private const double Unit = 1000;

    private static readonly XPdfFontOptions Options = XPdfFontOptions.UnicodeDefault;
    private static readonly SKFont Letters = Open();
    private static readonly ConcurrentDictionary<(char Letter, bool Bold), double> Widths = new();
    private static readonly ConcurrentDictionary<(double Size, bool Bold), XFont> Fonts = new();

    static PdfFonts() => GlobalFontSettings.FontResolver ??= new PdfFonts();

    private PdfFonts()
    {
    }

    public static XFont Of(double size, bool bold) =>
        Fonts.GetOrAdd((size, bold), static key => new XFont(Regular, key.Size, key.Bold ? XFontStyleEx.Bold : XFontStyleEx.Regular, Options));

    public static double Width(string text, double size, bool bold)
    {
        var width = 0.0;
        foreach (var letter in text)
        {
            width += Widths.GetOrAdd((letter, bold), static key => Measure(key.Letter, key.Bold));
        }

        return width * size;
    }

    /// <summary>
    /// The text as these pages can set it: a letter that the typeface lacks, or whose script needs joining or another direction, is told by its number,
    /// such as [U+1F52A]. It is never left out, and never shown as another.
    /// </summary>
    public static string Shown(string text)
    {
        var shown = new StringBuilder(text.Length);
        foreach (var rune in text.Normalize().EnumerateRunes()) // a letter and its accent as one: it is the same text, and sits better
        {
            if (CanSet(rune))
            {
                shown.Append(rune.ToString());
            }
            else
            {
                shown.Append(CultureInfo.InvariantCulture, $"[U+{rune.Value:X4}]");
            }
        }

        return shown.ToString();
    }

    public FontResolverInfo? ResolveTypeface(string familyName, bool isBold, bool isItalic) =>
        familyName == Regular ? new(isBold ? Bold : Regular) : null;

    public byte[]? GetFont(string faceName) => Resource(faceName);

    private static bool CanSet(Rune rune) =>
        rune.Value is '\n' or '\t' || (rune.IsBmp && !Rune.IsControl(rune) && !NeedsShaping(rune.Value) && Letters.GetGlyph(rune.Value) != 0);

    /// <summary>From Hebrew to Khmer, presentation forms, and marks that turn the direction.</summary>
    private static bool NeedsShaping(int value) => value
        is (>= 0x0590 and <= 0x109F) or (>= 0x1780 and <= 0x18AF) or (>= 0x200B and <= 0x200F) or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x206F)
        or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE00 and <= 0xFE0F) or (>= 0xFE70 and <= 0xFEFF);

    private static double Measure(char letter, bool bold)
    {
        using var context = XGraphics.CreateMeasureContext(new XSize(Unit, Unit), XGraphicsUnit.Point, XPageDirection.Downwards);
        return context.MeasureString(letter.ToString(), Of(Unit, bold)).Width / Unit;
    }

    private static SKFont Open()
    {
        using var data = SKData.CreateCopy(Resource(Regular));
        return new SKFont(SKTypeface.FromData(data));
    }

    private static byte[] Resource(string name)
    {
        using var stream = typeof(PdfFonts).Assembly.GetManifestResourceStream($"fonts/{name}.ttf")
            ?? throw new InvalidOperationException($"The typeface {name} is not in the product.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
