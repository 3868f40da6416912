using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SignalReview.Trail;

/// <summary>
/// Canonical JSON (RFC 8785). What is hashed or signed passes through here, so that the same value always gives the same bytes.
/// Whatever cannot be written without loss (duplicate keys, lone surrogates, integers past 2^53−1) is refused with a
/// <see cref="FormatException"/> that says where.
/// </summary>
internal static class Jcs
{
    public const long MaxSafeInteger = (1L << 53) - 1;

    public static byte[] Canonicalize(ReadOnlySpan<byte> utf8Json)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8Json.ToArray());
            return Canonicalize(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new FormatException($"Not canonicalizable JSON: {e.Message}", e);
        }
    }

    /// <summary>The same array when it is canonical already.</summary>
    /// <exception cref="FormatException">It has no canonical form.</exception>
    public static byte[] AsCanonical(byte[] utf8Json) => JcsCheck.IsPlainlyCanonical(utf8Json) ? utf8Json : Canonicalize(utf8Json);

    public static bool IsCanonical(ReadOnlySpan<byte> utf8Json)
    {
        if (JcsCheck.IsPlainlyCanonical(utf8Json))
        {
            return true;
        }

        try
        {
            return utf8Json.SequenceEqual(Canonicalize(utf8Json));
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>Duplicate keys are found here, however the element was parsed.</summary>
    public static byte[] Canonicalize(JsonElement element)
    {
        var output = new ArrayBufferWriter<byte>(256);
        WriteElement(output, element);
        return output.WrittenSpan.ToArray();
    }

    public static byte[] Canonicalize(JsonNode? node)
    {
        var output = new ArrayBufferWriter<byte>(256);
        WriteNode(output, node);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Writes a JSON string: only <c>"</c>, <c>\</c> and U+0000–U+001F are escaped, everything else is plain UTF-8.</summary>
    internal static void WriteString(ArrayBufferWriter<byte> output, ReadOnlySpan<char> text)
    {
        // Worst case: one UTF-16 unit becomes the six bytes of \u00xx; a pair of them becomes four bytes.
        var span = output.GetSpan(text.Length * 6 + 2);
        var at = 0;
        span[at++] = (byte)'"';
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c < 0x80)
            {
                at = WriteAscii(span, at, c);
            }
            else
            {
                if (Rune.DecodeFromUtf16(text[i..], out var rune, out var consumed) != OperationStatus.Done)
                {
                    throw new FormatException($"A lone surrogate (U+{(int)c:X4}) at position {i} of a string cannot be written as JSON.");
                }

                at += rune.EncodeToUtf8(span[at..]);
                i += consumed - 1;
            }
        }

        span[at++] = (byte)'"';
        output.Advance(at);
    }

    internal static void WriteInteger(ArrayBufferWriter<byte> output, long value)
    {
        if (value is > MaxSafeInteger or < -MaxSafeInteger)
        {
            throw new FormatException($"The integer {value} lies outside ±(2^53−1) and would lose precision.");
        }

        var span = output.GetSpan(20);
        Utf8Formatter.TryFormat(value, span, out var written);
        output.Advance(written);
    }

    private static int WriteAscii(Span<byte> span, int at, char c)
    {
        var escape = c switch
        {
            '"' or '\\' => c,
            '\b' => 'b',
            '\t' => 't',
            '\n' => 'n',
            '\f' => 'f',
            '\r' => 'r',
            < ' ' => 'u',
            _ => '\0',
        };
        if (escape == '\0')
        {
            span[at] = (byte)c;
            return at + 1;
        }

        span[at++] = (byte)'\\';
        span[at++] = (byte)escape;
        if (escape == 'u')
        {
            "00"u8.CopyTo(span[at..]);
            span[at + 2] = (byte)(c < 0x10 ? '0' : '1');
            span[at + 3] = "0123456789abcdef"u8[c & 0xF];
            at += 4;
        }

        return at;
    }

    private static void WriteElement(ArrayBufferWriter<byte> output, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(output, element);
                break;
            case JsonValueKind.Array:
                Raw(output, "["u8);
                var first = true;
                foreach (var item in element.EnumerateArray())
                {
                    Separate(output, ref first);
                    WriteElement(output, item);
                }

                Raw(output, "]"u8);
                break;
            case JsonValueKind.String:
                WriteString(output, Text(element));
                break;
            case JsonValueKind.Number:
                WriteNumber(output, element.GetRawText());
                break;
            case JsonValueKind.True:
                Raw(output, "true"u8);
                break;
            case JsonValueKind.False:
                Raw(output, "false"u8);
                break;
            case JsonValueKind.Null:
                Raw(output, "null"u8);
                break;
            case JsonValueKind.Undefined:
            default:
                throw new FormatException("An undefined JSON value has no canonical form.");
        }
    }

    private static void WriteObject(ArrayBufferWriter<byte> output, JsonElement element)
    {
        var count = element.GetPropertyCount();
        var members = new (string Name, JsonElement Value)[count];
        var at = 0;
        foreach (var property in element.EnumerateObject())
        {
            members[at++] = (Name(property), property.Value);
        }

        Array.Sort(members, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        Raw(output, "{"u8);
        for (var i = 0; i < members.Length; i++)
        {
            if (i > 0)
            {
                RefuseDuplicate(members[i - 1].Name, members[i].Name);
                Raw(output, ","u8);
            }

            WriteString(output, members[i].Name);
            Raw(output, ":"u8);
            WriteElement(output, members[i].Value);
        }

        Raw(output, "}"u8);
    }

    private static void WriteNode(ArrayBufferWriter<byte> output, JsonNode? node)
    {
        switch (node)
        {
            case null:
                Raw(output, "null"u8);
                break;
            case JsonObject members:
                WriteMembers(output, members);
                break;
            case JsonArray items:
                Raw(output, "["u8);
                var first = true;
                foreach (var item in items)
                {
                    Separate(output, ref first);
                    WriteNode(output, item);
                }

                Raw(output, "]"u8);
                break;
            case JsonValue value when value.TryGetValue<JsonElement>(out var element):
                WriteElement(output, element);
                break;
            // A .NET string is taken as it is: the JSON writer would quietly turn a lone surrogate into U+FFFD.
            case JsonValue value when value.TryGetValue<string>(out var text):
                WriteString(output, text);
                break;
            default:
                using (var document = JsonDocument.Parse(node.ToJsonString()))
                {
                    WriteElement(output, document.RootElement);
                }

                break;
        }
    }

    private static void WriteMembers(ArrayBufferWriter<byte> output, JsonObject members)
    {
        KeyValuePair<string, JsonNode?>[] sorted;
        try
        {
            sorted = [.. members];
        }
        catch (ArgumentException e)
        {
            throw new FormatException("A JSON object holds the same key twice.", e);
        }

        Array.Sort(sorted, static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        var first = true;
        Raw(output, "{"u8);
        foreach (var (name, value) in sorted)
        {
            Separate(output, ref first);
            WriteString(output, name);
            Raw(output, ":"u8);
            WriteNode(output, value);
        }

        Raw(output, "}"u8);
    }

    private static void WriteNumber(ArrayBufferWriter<byte> output, string raw)
    {
        if (raw.AsSpan().IndexOfAny('.', 'e', 'E') < 0)
        {
            if (!long.TryParse(raw, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer))
            {
                throw new FormatException($"The integer {raw} lies outside ±(2^53−1) and would lose precision.");
            }

            WriteInteger(output, integer);
            return;
        }

        var value = double.Parse(raw, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!double.IsFinite(value))
        {
            throw new FormatException($"The number {raw} is too large.");
        }

        Raw(output, Encoding.ASCII.GetBytes(EcmaScriptNumber.Format(value)));
    }

    private static string Text(JsonElement element)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new FormatException("A string holds a lone surrogate or bytes that are not UTF-8.", e);
        }
    }

    private static string Name(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException e)
        {
            throw new FormatException("A key holds a lone surrogate or bytes that are not UTF-8.", e);
        }
    }

    private static void RefuseDuplicate(string a, string b)
    {
        if (string.Equals(a, b, StringComparison.Ordinal))
        {
            throw new FormatException($"A JSON object holds the key \"{a}\" twice.");
        }
    }

    private static void Separate(ArrayBufferWriter<byte> output, ref bool first)
    {
        if (!first)
        {
            Raw(output, ","u8);
        }

        first = false;
    }

    private static void Raw(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> bytes) => output.Write(bytes);
}
