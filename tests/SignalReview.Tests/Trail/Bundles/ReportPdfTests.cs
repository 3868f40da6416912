using System.Text;
using System.Text.Json.Nodes;
using SignalReview.Trail.Bundles;
using SignalReview.Trail.Bundles.Pages;

namespace SignalReview.Tests.Trail.Bundles;

/// <summary>report.pdf: the same words as report.html, on pages that can be read, printed and read aloud.</summary>
[TestFixture]
internal sealed class ReportPdfTests
{
    private const double Slack = 6;

    [TestCase("nl", "Beslisspoor van een zaak")]
    [TestCase("en", "Decision trail of a case")]
    public async Task Every_word_of_the_report_stands_in_it_in_order(string language, string title)
    {
        using var log = TestLog.WithCase();
        var files = BundleFiles.Open(await log.BundleAsync(TestLog.Case, r => r with { Language = language }));
        using var pdf = new PdfText(files[BundleLayout.ReportPdf]);

        Assert.That(pdf.Text, Is.EqualTo(PdfText.OfHtml(files.Text(BundleLayout.Report))));
        Assert.That(pdf.Title, Is.EqualTo(title));
        Assert.That(pdf.Catalog, Does.Contain($"({language})").And.Contain("MarkInfo").And.Contain("StructTreeRoot"));
        Assert.That(pdf.Pages, Has.Count.GreaterThan(2));
        AssertWithinMargins(pdf);
        foreach (var page in pdf.Pages)
        {
            Assert.That(PdfText.ByEye(page), Does.Contain($"{title} · {page.Number}"));
        }
    }

    [Test]
    public async Task What_the_typeface_lacks_is_told_by_its_number_and_nothing_is_dropped()
    {
        using var log = new TestLog();
        var words = "mes 🔪 lacht 😂 \uFE0F Ĳ ß ☎ Ωμέγα Привет مرحبا שלום नमस्ते 你好 e\u0301 \u202Eomgekeerd \u007F einde";
        log.Add(TestLog.Case, "message.said", "w1", "reader", new JsonObject { ["text"] = words });
        var files = BundleFiles.Open(await log.BundleAsync(TestLog.Case));
        using var pdf = new PdfText(files[BundleLayout.ReportPdf]);

        Assert.That(pdf.Text, Is.EqualTo(PdfText.OfHtml(files.Text(BundleLayout.Report))));
        Assert.That(pdf.Text, Does.Contain("mes[U+1F52A]lacht[U+1F602][U+FE0F]Ĳß☎ΩμέγαПривет[U+0645][U+0631]").And.Contain("[U+4F60]").And.Contain("[U+202E]omgekeerd[U+007F]einde"));
    }

    [Test]
    public async Task Words_without_an_end_and_lines_without_number_stay_on_the_page()
    {
        using var log = new TestLog();
        log.Add(TestLog.Case, "signal.submitted", "w1", "submitter", new JsonObject
        {
            ["title"] = new string('W', 3000),
            ["online"] = new JsonObject { ["signs"] = new JsonArray("x" + new string('-', 400), string.Concat(Enumerable.Repeat("regel\n", 150))) },
        });
        var files = BundleFiles.Open(await log.BundleAsync(TestLog.Case, r => r with { Organisation = new string('O', 500) }));
        using var pdf = new PdfText(files[BundleLayout.ReportPdf]);

        Assert.That(pdf.Text, Is.EqualTo(PdfText.OfHtml(files.Text(BundleLayout.Report))));
        AssertWithinMargins(pdf);
    }

    [Test]
    public async Task A_long_table_has_its_head_on_each_page()
    {
        using var log = new TestLog();
        for (var i = 0; i < 120; i++)
        {
            log.Add(TestLog.Case, "message.said", $"w{i + 100}", "reader", []);
        }

        var files = BundleFiles.Open(await log.BundleAsync(TestLog.Case));
        using var pdf = new PdfText(files[BundleLayout.ReportPdf]);
        var with = pdf.Pages.Where(p => PdfText.ByEye(p).Contains("Nummer in het spoor", StringComparison.Ordinal)).ToList();

        Assert.That(pdf.Text, Is.EqualTo(PdfText.OfHtml(files.Text(BundleLayout.Report))), "read aloud, the head comes once");
        Assert.That(with, Has.Count.GreaterThan(2));
        Assert.That(with.Select(p => p.Number), Is.EqualTo(Enumerable.Range(with[0].Number, with.Count)));
        AssertWithinMargins(pdf);
    }

    [Test]
    public void A_row_that_is_longer_than_a_page_goes_on_on_the_next()
    {
        var html = Html("<table>\n<caption>Tabel</caption>\n<thead><tr><th scope=\"col\">Wat</th><th scope=\"col\">Veel</th></tr></thead>\n<tbody>\n"
            + $"<tr><th scope=\"row\">lang</th><td>{string.Concat(Enumerable.Range(0, 200).Select(i => $"regel {i}<br>"))}</td></tr>\n</tbody>\n</table>\n<p>erna</p>\n");
        using var pdf = new PdfText(Pages(html));

        Assert.That(pdf.Text, Is.EqualTo(PdfText.OfHtml(html)));
        Assert.That(pdf.Pages, Has.Count.GreaterThan(2));
        AssertWithinMargins(pdf);
    }

    [Test]
    public void A_report_that_is_too_long_for_memory_ends_at_a_page_that_says_so()
    {
        var html = Html(string.Concat(Enumerable.Range(0, 2000).Select(i => $"<p>alinea {i}</p>\n")));
        using var pdf = new PdfText(Pages(html, most: 3));

        Assert.That(pdf.Pages, Has.Count.EqualTo(4));
        Assert.That(pdf.Text, Does.EndWith("Hierhoudendezebladzijdenop:meerdan3maaktditbestanderniet.Hetheleverslagstaatinreport.html,inhetzelfdepakket."));
    }

    [Test]
    public void A_tag_that_the_pages_do_not_know_is_refused_and_not_passed_over() =>
        Assert.That(() => Pages(Html("<p>goed</p><figure>weg</figure>")), Throws.TypeOf<FormatException>().With.Message.Contains("<figure>"));

    [TestCase(BundleScope.Everything, "Het hele beslisspoor")]
    [TestCase(BundleScope.Period, "Beslisspoor van een periode")]
    public async Task A_range_has_its_summary_on_pages_too(BundleScope scope, string title)
    {
        using var log = TestLog.WithCase();
        var files = BundleFiles.Open(scope == BundleScope.Everything ? await log.RangeAsync() : await log.RangeAsync(4, 12));
        using var pdf = new PdfText(files[BundleLayout.ReportPdf]);

        Assert.That(pdf.Text, Is.EqualTo(PdfText.OfHtml(files.Text(BundleLayout.Report))));
        Assert.That(pdf.Title, Is.EqualTo(title));
        AssertWithinMargins(pdf);
    }

    [Test]
    public async Task It_is_made_when_the_bundle_is_made_and_holds_the_same_text_each_time()
    {
        using var log = TestLog.WithCase();
        var bundles = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => log.BundleAsync(TestLog.Case))));
        var texts = bundles.Select(b =>
        {
            using var pdf = new PdfText(BundleFiles.Open(b)[BundleLayout.ReportPdf]);
            return pdf.Text;
        });

        Assert.That(texts.Distinct().Count(), Is.EqualTo(1), "four exports at once too");
        Assert.That(Encoding.Latin1.GetString(BundleFiles.Open(bundles[0])[BundleLayout.ReportPdf]), Does.Contain("CreationDate(D:20260317"));
    }

    [Test]
    public async Task What_the_profile_leaves_out_is_not_on_the_pages()
    {
        using var log = TestLog.WithCase();
        var files = BundleFiles.Open(await log.BundleAsync(TestLog.Case, r => r with { Profile = RedactionProfile.NoThirdParties }));
        using var pdf = new PdfText(files[BundleLayout.ReportPdf]);

        Assert.That(pdf.Text, Does.Contain("collega1").And.Not.Contain("Samira").And.Not.Contain("redenvan").And.Not.Contain("lezingvan"));
    }

    private static string Html(string body) =>
        $"<!DOCTYPE html>\n<html lang=\"nl\">\n<head>\n<meta charset=\"utf-8\">\n<title>Titel</title>\n<style>a>b{{}}</style>\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n";

    private static byte[] Pages(string html, int most = ReportPdf.MostPages)
    {
        var folder = TestContext.CurrentContext.WorkDirectory;
        var request = new BundleRequest
        {
            At = new(2026, 3, 17, 9, 5, 0, TimeSpan.Zero),
            Organisation = "Noord",
            CheckpointNote = "",
            NameOf = _ => null,
            Zone = TimeZoneInfo.Utc,
            TemporaryFolder = folder,
        };
        using var report = new KeptReport(new RangeReportWriter(request), folder);
        using var pages = new ReportPdf(request, report);
        using var output = new MemoryStream();
        pages.Write(new MemoryStream(Encoding.UTF8.GetBytes(html)), output, most, default);
        return output.ToArray();
    }

    private static void AssertWithinMargins(PdfText pdf)
    {
        foreach (var page in pdf.Pages)
        {
            var seen = page.Letters.Where(l => !string.IsNullOrWhiteSpace(l.Value)).ToList();
            Assert.That(seen.Min(l => l.BoundingBox.Left), Is.GreaterThan(PdfPages.Margin - Slack), $"page {page.Number}");
            Assert.That(seen.Max(l => l.BoundingBox.Right), Is.LessThan(page.Width - PdfPages.Margin + Slack), $"page {page.Number}");
            Assert.That(seen.Max(l => l.BoundingBox.Top), Is.LessThan(page.Height - PdfPages.Margin + Slack), $"page {page.Number}");
            Assert.That(seen.Where(l => l.BoundingBox.Bottom < PdfPages.Margin - Slack).Select(l => l.Value), Is.All.Match("[A-Za-z0-9·]"), "only the foot");
            Assert.That(seen.Count(l => l.BoundingBox.Bottom < PdfPages.Margin - Slack), Is.LessThan(40), $"page {page.Number}");
        }
    }
}
