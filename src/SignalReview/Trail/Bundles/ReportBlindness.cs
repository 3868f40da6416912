using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace SignalReview.Trail.Bundles;

/// <summary>
/// The part of the report that proves blindness: of each reading and each vote where it was fixed, where it was revealed, and what follows.
/// Rows stream into a spool.
/// </summary>
internal sealed class ReportBlindness(ReportBlindnessTexts texts, CultureInfo culture, TimeZoneInfo zone, Func<string, string> nameOf, string temporaryFolder)
    : IDisposable
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly Spool rows = new(temporaryFolder);
    private readonly BlindnessCheck check = new();
    private long blind;
    private long notBlind;
    private bool anyUrn;

    /// <param name="header">The next event's.</param>
    /// <param name="leafIndex">Its place in the tree.</param>
    /// <param name="body">What there is of its body.</param>
    /// <param name="changed">The body is not what was committed to.</param>
    public void Add(EventHeader header, long leafIndex, JsonElement? body, bool changed)
    {
        foreach (var proof in check.Add(header, leafIndex, body, changed).Proofs)
        {
            Write(proof);
        }
    }

    public async Task WriteAsync(Stream output, CancellationToken ct)
    {
        foreach (var open in check.NotRevealed)
        {
            Write(open);
        }

        var html = new StringBuilder();
        if (rows.Length == 0)
        {
            Write(output, html.Append("<p>").Append(Text(texts.None)).Append("</p>\n"));
            return;
        }

        html.Append("<p><strong>").Append(Text(Verdict())).Append("</strong> ").Append(Text(texts.Intro)).Append("</p>\n");
        html.Append("<p>").Append(Text(texts.NotProved)).Append("</p>\n");
        if (anyUrn)
        {
            html.Append("<p>").Append(Text(texts.Urn)).Append("</p>\n");
        }

        html.Append("<table>\n<caption>").Append(Text(texts.Caption)).Append("</caption>\n<thead><tr>");
        foreach (var column in new[] { texts.What, texts.Fixed, texts.Revealed, texts.Finding })
        {
            html.Append("<th scope=\"col\">").Append(Text(column)).Append("</th>");
        }

        Write(output, html.Append("</tr></thead>\n<tbody>\n"));
        rows.Position = 0;
        await rows.CopyToAsync(output, ct);
        Write(output, html.Append("</tbody>\n</table>\n"));
    }

    public void Dispose() => rows.Dispose();

    private static void Write(Stream output, StringBuilder html)
    {
        output.Write(Encoding.UTF8.GetBytes(html.ToString()));
        html.Clear();
    }

    private static string Text(string text) => Encoder.Encode(text);

    private string Verdict() =>
        notBlind > 0 ? string.Format(culture, texts.SomeNotBlind, notBlind)
        : blind > 0 ? texts.AllBlind
        : texts.NothingRevealed;

    private void Write(BlindProof proof)
    {
        blind += proof.Verdict == BlindVerdict.Blind ? 1 : 0;
        notBlind += proof.Verdict is BlindVerdict.Blind or BlindVerdict.NotRevealed ? 0 : 1;
        anyUrn |= proof.Kind == BlindKind.Urn;
        var html = new StringBuilder("<tr><th scope=\"row\">");
        html.Append(Text(What(proof)));
        if (proof.Entry is { } entry)
        {
            html.Append(" · <a href=\"#e").Append(entry.CaseSeq).Append("\">").Append(Text(string.Format(culture, texts.Number, entry.CaseSeq))).Append("</a>");
        }

        html.Append("</th><td>").Append(proof.Entry is { } at ? Place(at.LeafIndex, at.At) : Text(texts.Nowhere));
        if (proof.Voters is { } voters)
        {
            html.Append("<br>").Append(Text(string.Format(culture, texts.Voters, voters.Count, string.Join(", ", voters))));
        }

        html.Append("</td><td>").Append(proof is { RevealLeafIndex: { } index, RevealedAt: { } revealed } ? Place(index, revealed) : "—")
            .Append("</td><td>").Append(proof.Verdict is BlindVerdict.Blind or BlindVerdict.NotRevealed ? Text(texts.Of(proof)) : $"<strong>{Text(texts.Of(proof))}</strong>")
            .Append("</td></tr>\n");
        Write(rows, html);
    }

    private string What(BlindProof proof) => proof.Kind switch
    {
        BlindKind.Interpretation => Named(texts.Reading, proof),
        BlindKind.Vote => Named(string.Format(culture, texts.Vote, proof.Round ?? proof.Entry?.Round ?? 0), proof),
        BlindKind.Urn => string.Format(culture, texts.UrnOf, proof.Round ?? 0, proof.Entry?.Ballots ?? 0),
    };

    private string Named(string what, BlindProof proof) => proof.Entry is { } entry ? $"{what}, {nameOf(entry.Actor)}" : what;

    private string Place(long index, DateTimeOffset at) =>
        string.Create(CultureInfo.InvariantCulture, $"{Text(string.Format(culture, texts.Place, index))}<br><time datetime=\"{at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}\">")
        + $"{Text(TimeZoneInfo.ConvertTime(at, zone).ToString("d MMMM yyyy HH:mm:ss", culture))}</time>";
}
