using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace SignalReview.Trail.Bundles;

/// <summary>What every report has: one file without script, pictures or links outside, for a reader and for a screen reader.</summary>
internal static class ReportHtml
{
    public const string End = "</main>\n</body>\n</html>\n";

    private const string Css =
        "body{font:1rem/1.5 system-ui,sans-serif;color:#1b1b1b;background:#fff;max-width:50rem;margin:2rem auto;padding:0 1rem}" +
        "h1{font-size:1.8rem}h2{font-size:1.4rem;margin-top:2.5rem}h3{font-size:1.05rem;margin:0 0 .25rem}" +
        "table{border-collapse:collapse;width:100%;margin:1rem 0}caption{text-align:left;font-weight:600;padding:.25rem 0}" +
        "th,td{border:1px solid #767676;padding:.35rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}th{background:#f3f3f3}" +
        "ol.story{list-style:none;padding:0}ol.story>li{border-left:.25rem solid #154273;padding:.25rem 0 .5rem 1rem;margin:0 0 1.25rem}" +
        ".when{color:#4a4a4a;margin:0}dl{margin:.5rem 0}dt{font-weight:600}dd{margin:0 0 .35rem 1rem;overflow-wrap:anywhere}bdi{white-space:pre-wrap}" +
        "dd ul{margin:0;padding-left:1.2rem}dd dl{margin:0}.note{font-style:italic}details{color:#4a4a4a;font-size:.9rem}" +
        "code{overflow-wrap:anywhere}@media print{details{display:none}li{break-inside:avoid}}";

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
    private static readonly string CssHash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Css)));

    public static string Text(string text) => Encoder.Encode(text);

    public static string Time(DateTimeOffset at, string local) => $"<time datetime=\"{EventHeader.TimeText(at)}\">{Text(local)}</time>";

    public static void Open(StringBuilder html, string language, string title, string intro) =>
        html.Append("<!DOCTYPE html>\n<html lang=\"").Append(language).Append("\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n")
            .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-").Append(CssHash).Append("'\">\n")
            .Append("<title>").Append(Text(title)).Append("</title>\n<style>").Append(Css).Append("</style>\n</head>\n<body>\n<main>\n<h1>")
            .Append(Text(title)).Append("</h1>\n<p>").Append(Text(intro)).Append("</p>\n");

    public static void TableHead(StringBuilder html, string caption, params string[] columns)
    {
        html.Append("<table>\n<caption>").Append(Text(caption)).Append("</caption>\n<thead><tr>");
        foreach (var column in columns)
        {
            html.Append("<th scope=\"col\">").Append(Text(column)).Append("</th>");
        }

        html.Append("</tr></thead>\n<tbody>\n");
    }

    public static void Write(Stream output, StringBuilder html)
    {
        output.Write(Encoding.UTF8.GetBytes(html.ToString()));
        html.Clear();
    }
}
