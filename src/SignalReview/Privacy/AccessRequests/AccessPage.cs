using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SignalReview.Trail;

namespace SignalReview.Privacy.AccessRequests;

/// <summary>What stands above the story.</summary>
/// <param name="Organisation">Whose.</param>
/// <param name="MadeAt">When.</param>
/// <param name="KeptUntil">The first day on which the case is no longer kept; null while it runs.</param>
/// <param name="Ground">On which legal ground.</param>
/// <param name="About">What the requester is told of their rights.</param>
internal sealed record AccessFileHead(string Organisation, DateTimeOffset MadeAt, DateOnly? KeptUntil, string Ground, string About);

/// <summary>Writes what a requester gets: a page that needs nothing beside it, and the same for programs. Everything goes through the redactor.</summary>
internal static class AccessPage
{
    private const string Css = """
        body{font:1.0625rem/1.6 "Source Sans 3",system-ui,sans-serif;max-width:46rem;margin:0 auto;padding:1.5rem;color:#1b1b1b;background:#fff}
        h1{font-size:1.9rem;line-height:1.2}h2{font-size:1.35rem;margin-top:2.2rem}h3{font-size:1.08rem;margin:1.4rem 0 .2rem}
        dl{margin:.3rem 0 0}dt{font-weight:600;margin-top:.5rem}dd{margin:0;white-space:pre-line;overflow-wrap:anywhere}
        ol{padding-left:1.4rem}.when{color:#555;margin:0}.removed{background:#1b1b1b;color:#fff;padding:0 .3em}
        table{border-collapse:collapse;width:100%}caption{text-align:left;font-weight:600;padding:.3rem 0}th,td{text-align:left;vertical-align:top;padding:.35rem .6rem .35rem 0;border-bottom:1px solid #ccc}
        @media (prefers-color-scheme:dark){body{background:#14181d;color:#eee}.when{color:#bbb}.removed{background:#eee;color:#14181d}}
        @media print{body{padding:0;max-width:none}.removed{border:1px solid #000}}
        """;

    private static readonly string CssHash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Css)));

    public static string Html(AccessContent content, AccessFileHead head, Redactor redactor, AccessTexts texts)
    {
        var html = new StringBuilder(16 * 1024);
        html.Append("<!DOCTYPE html>\n<html lang=\"").Append(texts.Language).Append("\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n")
            .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-").Append(CssHash).Append("'\">\n")
            .Append("<title>").Append(Text(texts.Title)).Append("</title>\n<style>").Append(Css).Append("</style>\n</head>\n<body>\n<main>\n<h1>")
            .Append(Text(texts.Title)).Append("</h1>\n<p>").Append(Text(head.About)).Append("</p>\n<dl>\n");
        Term(html, texts.Organisation, head.Organisation);
        Term(html, texts.Made, texts.Moment(head.MadeAt));
        Term(html, texts.Pseudonym, content.Pseudonym is { } name ? redactor.Text(name) : "–");
        Term(html, texts.Ground, head.Ground);
        Term(html, texts.KeptUntil, head.KeptUntil is { } day ? texts.Day(day) : texts.KeptNotKnown);
        html.Append("</dl>\n<p>").Append(Text(texts.HowToRead)).Append("</p>\n");
        Story(html, content, redactor, texts);
        Looks(html, content, texts);
        Omissions(html, content, texts);
        return html.Append("</main>\n</body>\n</html>\n").ToString();
    }

    public static byte[] Json(AccessContent content, AccessFileHead head, Redactor redactor, AccessTexts texts) => JsonSerializer.SerializeToUtf8Bytes(
        new
        {
            format = "signalreview/access/v1",
            texts.Language,
            head.Organisation,
            head.MadeAt,
            head.Ground,
            head.KeptUntil,
            pseudonym = content.Pseudonym is { } name ? redactor.Text(name) : null,
            entries = content.Entries.Select(e => new
            {
                number = e.Seq,
                e.At,
                e.By,
                e.Did,
                written = e.Passages.Select(p => new { p.Label, text = redactor.Text(p) }),
            }),
            looks = content.Looks,
            leftOut = content.Omissions,
        },
        TrailJson.Options);

    private static void Story(StringBuilder html, AccessContent content, Redactor redactor, AccessTexts texts)
    {
        html.Append("<h2>").Append(Text(texts.Story)).Append("</h2>\n<ol>\n");
        foreach (var entry in content.Entries)
        {
            html.Append("<li>\n<h3>").Append(Text(Capital(entry.Did))).Append("</h3>\n<p class=\"when\">").Append(Text(texts.Moment(entry.At))).Append(", ")
                .Append(Text(texts.By)).Append(' ').Append(Text(entry.By)).Append("</p>\n");
            if (entry.Passages.Count > 0)
            {
                html.Append("<dl>\n");
                string? label = null;
                foreach (var passage in entry.Passages)
                {
                    if (passage.Label != label)
                    {
                        html.Append("<dt>").Append(Text(label = passage.Label)).Append("</dt>\n");
                    }

                    html.Append("<dd>");
                    foreach (var piece in redactor.Redact(passage))
                    {
                        html.Append(piece.Removed is null ? Text(piece.Text) : $"<span class=\"removed\">{Text(piece.Text)}</span>");
                    }

                    html.Append("</dd>\n");
                }

                html.Append("</dl>\n");
            }

            html.Append("</li>\n");
        }

        html.Append("</ol>\n");
    }

    private static void Looks(StringBuilder html, AccessContent content, AccessTexts texts)
    {
        html.Append("<h2>").Append(Text(texts.Looks)).Append("</h2>\n");
        if (content.Looks.Count == 0)
        {
            html.Append("<p>").Append(Text(texts.NoLooks)).Append("</p>\n");
            return;
        }

        html.Append("<table>\n<caption>").Append(Text(texts.LooksIntro)).Append("</caption>\n<thead><tr><th scope=\"col\">").Append(Text(texts.LookWhen))
            .Append("</th><th scope=\"col\">").Append(Text(texts.LookRole)).Append("</th><th scope=\"col\">").Append(Text(texts.LookWhat)).Append("</th></tr></thead>\n<tbody>\n");
        foreach (var look in content.Looks)
        {
            html.Append("<tr><td>").Append(Text(texts.Moment(look.At))).Append("</td><td>").Append(Text(look.Role)).Append("</td><td>").Append(Text(look.What)).Append("</td></tr>\n");
        }

        html.Append("</tbody>\n</table>\n");
    }

    private static void Omissions(StringBuilder html, AccessContent content, AccessTexts texts)
    {
        html.Append("<h2>").Append(Text(texts.Omitted)).Append("</h2>\n");
        if (content.Omissions.Count == 0)
        {
            html.Append("<p>").Append(Text(texts.Nothing)).Append("</p>\n");
            return;
        }

        html.Append("<ul>\n");
        foreach (var omission in content.Omissions)
        {
            html.Append("<li>").Append(Text(omission.Why)).Append(" (").Append(Text(string.Format(texts.Culture, texts.OmittedCount, omission.Count))).Append(")</li>\n");
        }

        html.Append("</ul>\n");
    }

    private static void Term(StringBuilder html, string term, string value) =>
        html.Append("<dt>").Append(Text(term)).Append("</dt><dd>").Append(Text(value)).Append("</dd>\n");

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpper(text[0], CultureInfo.InvariantCulture) + text[1..];

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
