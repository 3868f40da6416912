using System.Collections.Immutable;
using System.Text;

namespace SignalReview.Workflow;

internal enum TokenKind
{
    Number,
    Text,
    Word,
    Symbol,
    End,
}

/// <param name="Text">Of a string: what stands between the quotes, unescaped.</param>
internal sealed record ExpressionToken(TokenKind Kind, string Text)
{
    // Longest first, so that === is not read as == and =.
    private static readonly ImmutableArray<string> Symbols =
        ["===", "!==", "==", "!=", "<=", ">=", "&&", "||", "<", ">", "!", "(", ")", ".", "-"];

    public static (ImmutableArray<ExpressionToken> Tokens, string? Reason) Split(string text)
    {
        var tokens = ImmutableArray.CreateBuilder<ExpressionToken>();
        var at = 0;
        while (true)
        {
            while (at < text.Length && text[at] is ' ' or '\t' or '\r' or '\n')
            {
                at++;
            }

            if (at == text.Length)
            {
                tokens.Add(new(TokenKind.End, ""));
                return (tokens.ToImmutable(), null);
            }

            var (token, length) = Next(text, at);
            if (token is null)
            {
                return ([], text[at] is '\'' or '"' ? "a string is not closed or has an unknown escape" : $"'{text[at]}' is outside the subset");
            }

            at += length;
            tokens.Add(token);
        }
    }

    private static (ExpressionToken? Token, int Length) Next(string text, int at)
    {
        if (char.IsAsciiDigit(text[at]))
        {
            var number = Run(text, at, char.IsAsciiDigit);
            // 1.5, 0x10, 1n and 1_000 are JavaScript, but not ours; 010 is read differently by different readers.
            var clean = (number is "0" || number[0] != '0') && (at + number.Length == text.Length || !(IsWord(text[at + number.Length]) || text[at + number.Length] == '.'));
            return clean ? (new(TokenKind.Number, number), number.Length) : (null, 0);
        }

        if (IsWord(text[at]))
        {
            var word = Run(text, at, IsWord);
            return (new(TokenKind.Word, word), word.Length);
        }

        if (text[at] is '\'' or '"')
        {
            return Quoted(text, at);
        }

        var symbol = Symbols.FirstOrDefault(s => text.AsSpan(at).StartsWith(s, StringComparison.Ordinal));
        return symbol is null ? (null, 0) : (new(TokenKind.Symbol, symbol), symbol.Length);
    }

    private static (ExpressionToken? Token, int Length) Quoted(string text, int start)
    {
        var inner = new StringBuilder();
        for (var at = start + 1; at < text.Length; at++)
        {
            if (text[at] == text[start])
            {
                return (new(TokenKind.Text, inner.ToString()), at + 1 - start);
            }

            if (text[at] is '\n' or '\r')
            {
                break;
            }

            if (text[at] == '\\')
            {
                at++;
                if (at == text.Length || text[at] is not ('\\' or '\'' or '"'))
                {
                    break;
                }
            }

            inner.Append(text[at]);
        }

        return (null, 0);
    }

    private static string Run(string text, int start, Func<char, bool> belongs)
    {
        var end = start;
        while (end < text.Length && belongs(text[end]))
        {
            end++;
        }

        return text[start..end];
    }

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '$';
}
