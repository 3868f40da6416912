using System.Buffers;
using System.Text.Unicode;

namespace SignalReview.Trail;

/// <summary>
/// Sees in one pass, without allocating, that JSON is in canonical form already, as nearly all that is stored or verified is. It knows the plain
/// shapes only: what it does not recognise may still be canonical, and <see cref="Jcs.Canonicalize(ReadOnlySpan{byte})"/> has the last word.
/// </summary>
internal static class JcsCheck
{
    private const int MaxDepth = 32;

    /// <summary>More digits could lie past 2^53−1.</summary>
    private const int SafeDigits = 15;

    private static readonly SearchValues<byte> Special =
        SearchValues.Create([(byte)'"', (byte)'\\', .. Enumerable.Range(0, 0x20).Select(c => (byte)c)]);

    /// <summary>True: certainly canonical, and one whole value. False: it takes a closer look.</summary>
    public static bool IsPlainlyCanonical(ReadOnlySpan<byte> json)
    {
        var at = 0;
        return Value(json, ref at, 0) && at == json.Length && Utf8.IsValid(json);
    }

    private static bool Value(ReadOnlySpan<byte> json, ref int at, int depth)
    {
        if (at >= json.Length || depth > MaxDepth)
        {
            return false;
        }

        switch (json[at])
        {
            case (byte)'{':
                return Members(json, ref at, depth);
            case (byte)'[':
                return Items(json, ref at, depth);
            case (byte)'"':
                return Text(json, ref at);
            case (byte)'t':
                return Word(json, ref at, "true"u8);
            case (byte)'f':
                return Word(json, ref at, "false"u8);
            case (byte)'n':
                return Word(json, ref at, "null"u8);
            default:
                return Integer(json, ref at);
        }
    }

    private static bool Members(ReadOnlySpan<byte> json, ref int at, int depth)
    {
        at++;
        if (Take(json, ref at, (byte)'}'))
        {
            return true;
        }

        var before = ReadOnlySpan<byte>.Empty;
        for (var first = true; ; first = false)
        {
            var start = at;
            if (!Key(json, ref at))
            {
                return false;
            }

            var key = json[start..at];
            // Keys of plain ASCII sort by byte as they do by UTF-16 unit; the closing quote sorts before all else that can follow.
            if ((!first && before.SequenceCompareTo(key) >= 0) || !Take(json, ref at, (byte)':') || !Value(json, ref at, depth + 1))
            {
                return false;
            }

            before = key;
            if (Take(json, ref at, (byte)'}'))
            {
                return true;
            }

            if (!Take(json, ref at, (byte)','))
            {
                return false;
            }
        }
    }

    private static bool Items(ReadOnlySpan<byte> json, ref int at, int depth)
    {
        at++;
        if (Take(json, ref at, (byte)']'))
        {
            return true;
        }

        while (Value(json, ref at, depth + 1))
        {
            if (Take(json, ref at, (byte)']'))
            {
                return true;
            }

            if (!Take(json, ref at, (byte)','))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>A key of letters and digits, as all of ours are. Every other one takes the closer look.</summary>
    private static bool Key(ReadOnlySpan<byte> json, ref int at)
    {
        if (!Take(json, ref at, (byte)'"'))
        {
            return false;
        }

        while (at < json.Length && char.IsAsciiLetterOrDigit((char)json[at]))
        {
            at++;
        }

        return Take(json, ref at, (byte)'"');
    }

    private static bool Text(ReadOnlySpan<byte> json, ref int at)
    {
        at++;
        while (true)
        {
            var length = json[at..].IndexOfAny(Special);
            if (length < 0)
            {
                return false;
            }

            at += length;
            if (json[at] == '"')
            {
                at++;
                return true;
            }

            if (json[at] != '\\' || !Escape(json, ref at))
            {
                return false;
            }
        }
    }

    private static bool Escape(ReadOnlySpan<byte> json, ref int at)
    {
        if (at + 1 >= json.Length)
        {
            return false;
        }

        if ("\"\\bfnrt"u8.Contains(json[at + 1]))
        {
            at += 2;
            return true;
        }

        // \u00xx, lower case, and only for control characters that have no letter of their own.
        if (at + 6 > json.Length || !json.Slice(at + 1, 3).SequenceEqual("u00"u8))
        {
            return false;
        }

        var (high, low) = (json[at + 4], json[at + 5]);
        var lower = low is (>= (byte)'0' and <= (byte)'9') or (>= (byte)'a' and <= (byte)'f');
        var lettered = high == '0' && (low is (byte)'8' or (byte)'9' or (byte)'a' or (byte)'c' or (byte)'d');
        at += 6;
        return (high is (byte)'0' or (byte)'1') && lower && !lettered;
    }

    private static bool Integer(ReadOnlySpan<byte> json, ref int at)
    {
        var negative = Take(json, ref at, (byte)'-');
        var start = at;
        while (at < json.Length && char.IsAsciiDigit((char)json[at]))
        {
            at++;
        }

        var digits = at - start;
        // What follows must end the number: a fraction or an exponent makes the caller fail at the next sign.
        return digits is > 0 and <= SafeDigits && (json[start] != '0' || (digits == 1 && !negative));
    }

    private static bool Word(ReadOnlySpan<byte> json, ref int at, ReadOnlySpan<byte> word)
    {
        if (!json[at..].StartsWith(word))
        {
            return false;
        }

        at += word.Length;
        return true;
    }

    private static bool Take(ReadOnlySpan<byte> json, ref int at, byte expected)
    {
        if (at >= json.Length || json[at] != expected)
        {
            return false;
        }

        at++;
        return true;
    }
}
