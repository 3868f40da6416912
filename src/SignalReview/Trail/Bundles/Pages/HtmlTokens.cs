using System.Net;
using System.Text;

namespace SignalReview.Trail.Bundles.Pages;

internal enum HtmlTokenKind
{
    Open,
    Close,
    Text,
}

/// <param name="Kind">What it is.</param>
/// <param name="Value">A tag's name, or the text.</param>
/// <param name="Attributes">Of an opening tag, as they stand there.</param>
internal readonly record struct HtmlToken(HtmlTokenKind Kind, string Value, string Attributes = "");

/// <summary>
/// Reads our own reports, and nothing else: in them a "&lt;" or "&gt;" that is no tag's is always escaped, so that there is nothing to guess. A stream,
/// because a report may be long.
/// </summary>
internal static class HtmlTokens
{
    public static IEnumerable<HtmlToken> Read(Stream html)
    {
        using var reader = new StreamReader(html, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        var text = new StringBuilder();
        while (true)
        {
            var at = Until(reader, '<', text);
            if (text.Length > 0)
            {
                yield return new(HtmlTokenKind.Text, WebUtility.HtmlDecode(text.ToString()));
            }

            if (!at)
            {
                yield break;
            }

            if (!Until(reader, '>', text))
            {
                throw new FormatException("The report ends inside a tag.");
            }

            var tag = text.ToString();
            if (tag.StartsWith('/'))
            {
                yield return new(HtmlTokenKind.Close, tag[1..]);
            }
            else if (!tag.StartsWith('!'))
            {
                var space = tag.IndexOf(' ', StringComparison.Ordinal);
                yield return space < 0 ? new(HtmlTokenKind.Open, tag) : new(HtmlTokenKind.Open, tag[..space], tag[(space + 1)..]);
                if (tag == "style")
                {
                    Until(reader, '<', text); // rules hold ">", but never "<"
                    Until(reader, '>', text);
                }
            }
        }
    }

    private static bool Until(StreamReader reader, char end, StringBuilder text)
    {
        text.Clear();
        int c;
        while ((c = reader.Read()) >= 0)
        {
            if (c == end)
            {
                return true;
            }

            text.Append((char)c);
        }

        return false;
    }
}
