using System.Globalization;
using System.Text.Json;

namespace SignalReview.Trail.Bundles.Pages;

/// <summary>
/// report.pdf: report.html on pages, for who prints it or puts it in a file, with tags, title and language for a screen reader. A document
/// in the making stays in memory, so a very long report ends at a page that says so; report.html is whole.
/// </summary>
internal sealed class ReportPdf(BundleRequest request, KeptReport report) : IBundleDocument
{
    public const int MostPages = 500;

    /// <summary>One at a time, whoever exports: so that memory holds one document, and because the library keeps its fonts for all.</summary>
    private static readonly SemaphoreSlim Turn = new(1, 1);

    public string Name => BundleLayout.ReportPdf;

    public void Add(EventHeader header, BundleEvent source, JsonElement? body)
    {
        // The report gathers them.
    }

    public async Task WriteAsync(Stream output, Checkpoint checkpoint, CancellationToken ct)
    {
        await Turn.WaitAsync(ct);
        try
        {
            Write(report.Open(), output, MostPages, ct);
        }
        finally
        {
            Turn.Release();
        }
    }

    public void Dispose()
    {
        // The report is given back by whoever lists it.
    }

    /// <param name="html">A report of ours.</param>
    /// <param name="output">Where the pages go.</param>
    /// <param name="most">How many there may be.</param>
    /// <param name="ct">Stops the work.</param>
    internal void Write(Stream html, Stream output, int most, CancellationToken ct)
    {
        using var tokens = HtmlTokens.Read(html).GetEnumerator();
        var (language, title) = Head(tokens);
        using var pages = new PdfPages(title, language, request.At);
        var layout = new PdfLayout(pages);
        while (tokens.MoveNext())
        {
            ct.ThrowIfCancellationRequested();
            if (pages.Count > most)
            {
                layout.Remark(string.Format(CultureInfo.InvariantCulture, ReportTexts.For(request.Language).PagesEnd, most));
                break;
            }

            layout.Add(tokens.Current);
        }

        using var saved = new MemoryStream(); // the library goes back in what it writes to
        pages.Save(saved);
        saved.Position = 0;
        saved.CopyTo(output);
    }

    private static (string Language, string Title) Head(IEnumerator<HtmlToken> tokens)
    {
        var (language, title, inTitle) = ("", "", false);
        while (tokens.MoveNext() && tokens.Current is not { Kind: HtmlTokenKind.Open, Value: "body" })
        {
            var token = tokens.Current;
            language = token is { Kind: HtmlTokenKind.Open, Value: "html" } ? token.Attributes.Split('"')[1] : language;
            title += inTitle && token.Kind == HtmlTokenKind.Text ? token.Value : "";
            inTitle = token is { Kind: HtmlTokenKind.Open, Value: "title" };
        }

        return (language, title);
    }
}

/// <summary>A report that is kept as it was written, so that what is made of it needs not be told the events again.</summary>
internal sealed class KeptReport(IBundleDocument report, string temporaryFolder) : IBundleDocument
{
    private readonly Spool kept = new(temporaryFolder);

    public string Name => report.Name;

    public void Add(EventHeader header, BundleEvent source, JsonElement? body) => report.Add(header, source, body);

    public async Task WriteAsync(Stream output, Checkpoint checkpoint, CancellationToken ct)
    {
        await report.WriteAsync(kept, checkpoint, ct);
        await Open().CopyToAsync(output, ct);
    }

    /// <summary>After it was written: from its start.</summary>
    public Stream Open()
    {
        kept.Position = 0;
        return kept;
    }

    public void Dispose()
    {
        kept.Dispose();
        report.Dispose();
    }
}
