using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using SignalReview.Trail.Bundles.Pages;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;

namespace SignalReview.Tests.Trail.Bundles;

/// <summary>What a reader gets out of report.pdf, with a library that had no part in writing it.</summary>
internal sealed class PdfText : IDisposable
{
    private readonly PdfDocument document;

    public PdfText(byte[] pdf) => document = PdfDocument.Open(pdf);

    public IReadOnlyList<Page> Pages => [.. document.GetPages()];

    public string? Title => document.Information.Title;

    public string Catalog => document.Structure.Catalog.CatalogDictionary.ToString();

    /// <summary>All text that is no artifact, in its order, without white space.</summary>
    public string Text => string.Concat(Pages.SelectMany(p => p.GetMarkedContents()).Where(c => !c.IsArtifact).SelectMany(Letters).Where(c => !char.IsWhiteSpace(c)));

    /// <summary>What stands in a report of ours, in its order, as the typeface can show it, without white space.</summary>
    public static string OfHtml(string html)
    {
        var body = html[html.IndexOf("<main>", StringComparison.Ordinal)..];
        var text = PdfFonts.Shown(WebUtility.HtmlDecode(Regex.Replace(body, "<[^>]*>", "", RegexOptions.None, TimeSpan.FromSeconds(5))).ReplaceLineEndings("\n"));
        return string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
    }

    /// <summary>Of a page: as it is read by eye, for looking at what stands again.</summary>
    public static string ByEye(Page page) => string.Concat(page.Letters.Select(l => l.Value));

    public void Dispose() => document.Dispose();

    private static string Letters(MarkedContentElement content)
    {
        var text = new StringBuilder();
        foreach (var letter in content.Letters)
        {
            text.Append(letter.Value);
        }

        return text.ToString();
    }
}
