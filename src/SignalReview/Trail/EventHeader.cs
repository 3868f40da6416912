using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace SignalReview.Trail;

/// <summary>
/// The part of an event that goes into the tree: opaque ids, enumerations and times, never a name or what people wrote. It is
/// still pseudonymous personal data. <see cref="ToLeaf"/> is written once, stored verbatim and never re-serialised.
/// <c>Log</c> is the log's origin, so that a leaf cannot be passed off as one of another organisation; <c>At</c> is truncated to
/// milliseconds; <c>Cause</c> is the command's idempotency key, shared by all its events; <c>Policy</c> is the workflow@version in
/// force; <c>Commit</c> holds 32 bytes (<see cref="Commitment"/>).
/// </summary>
internal sealed record EventHeader(
    string Log,
    Guid Id,
    DateTimeOffset At,
    string Type,
    Guid? Case,
    long? CaseSeq,
    string Actor,
    string Role,
    string? OnBehalfOf,
    Guid? Cause,
    string? Policy,
    byte[] Commit)
{
    public const int Version = 1;

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>The canonical bytes (RFC 8785). The members are written in their sorted order, so nothing has to be sorted.</summary>
    public byte[] ToLeaf()
    {
        if ((Case is null) != (CaseSeq is null))
        {
            throw new InvalidOperationException("An event of a case has a caseSeq, and no other event has one.");
        }

        if (CaseSeq < 1 || Commit.Length != Commitment.Size)
        {
            throw new InvalidOperationException("caseSeq counts from 1, and a commitment has 32 bytes.");
        }

        var output = new ArrayBufferWriter<byte>(512);
        output.Write("{\"actor\":"u8);
        Jcs.WriteString(output, Actor);
        output.Write(",\"at\":"u8);
        WriteFormatted(output, At.UtcDateTime, TimeFormat);
        if (Case is { } @case)
        {
            output.Write(",\"case\":"u8);
            WriteFormatted(output, @case, "D");
            output.Write(",\"caseSeq\":"u8);
            Jcs.WriteInteger(output, CaseSeq!.Value);
        }

        if (Cause is { } cause)
        {
            output.Write(",\"cause\":"u8);
            WriteFormatted(output, cause, "D");
        }

        output.Write(",\"commit\":"u8);
        WriteBase64(output, Commit);
        output.Write(",\"id\":"u8);
        WriteFormatted(output, Id, "D");
        WriteMember(output, ",\"log\":"u8, Log);
        WriteMember(output, ",\"onBehalfOf\":"u8, OnBehalfOf);
        WriteMember(output, ",\"policy\":"u8, Policy);
        WriteMember(output, ",\"role\":"u8, Role);
        WriteMember(output, ",\"type\":"u8, Type);
        output.Write(",\"v\":1}"u8);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>
    /// Reads a leaf strictly: every member known and of its type, and the bytes exactly those that <see cref="ToLeaf"/> gives.
    /// </summary>
    /// <exception cref="FormatException">The leaf is anything else.</exception>
    public static EventHeader Parse(ReadOnlySpan<byte> leaf) => HeaderView.TryRead(leaf, out var view) ? view.ToHeader() : ParseSlowly(leaf);

    /// <summary>As the header writes a time.</summary>
    public static string TimeText(DateTimeOffset at) => at.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>For a leaf that is not plainly one: with escapes, letters outside ASCII, or something wrong, which is then said.</summary>
    internal static EventHeader ParseSlowly(ReadOnlySpan<byte> leaf)
    {
        try
        {
            using var document = JsonDocument.Parse(leaf.ToArray(), new JsonDocumentOptions { AllowDuplicateProperties = false });
            var header = Read(document.RootElement);
            if (!leaf.SequenceEqual(header.ToLeaf()))
            {
                throw new FormatException("The header is not in canonical form or holds an unknown member.");
            }

            return header;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException($"Not an event header: {e.Message}", e);
        }
    }

    private static EventHeader Read(JsonElement json)
    {
        if (json.GetProperty("v").GetInt32() != Version)
        {
            throw new FormatException("Only headers of version 1 are known.");
        }

        if (!DateTimeOffset.TryParseExact(
                Required(json, "at"), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
        {
            throw new FormatException("\"at\" is not a UTC time in milliseconds.");
        }

        return new EventHeader(
            Required(json, "log"),
            ParseId(Required(json, "id")),
            at,
            Required(json, "type"),
            Optional(json, "case") is { } @case ? ParseId(@case) : null,
            json.TryGetProperty("caseSeq", out var seq) ? seq.GetInt64() : null,
            Required(json, "actor"),
            Required(json, "role"),
            Optional(json, "onBehalfOf"),
            Optional(json, "cause") is { } cause ? ParseId(cause) : null,
            Optional(json, "policy"),
            Convert.FromBase64String(Required(json, "commit")));
    }

    private static string Required(JsonElement json, string name) =>
        json.GetProperty(name).GetString() ?? throw new FormatException($"\"{name}\" is null.");

    private static string? Optional(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? value.GetString() ?? throw new FormatException($"\"{name}\" is null.") : null;

    private static Guid ParseId(string text) =>
        Guid.TryParseExact(text, "D", out var id) ? id : throw new FormatException($"\"{text}\" is not an id.");

    private static void WriteMember(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> key, string? value)
    {
        if (value is not null)
        {
            output.Write(key);
            Jcs.WriteString(output, value);
        }
    }

    private static void WriteFormatted<T>(ArrayBufferWriter<byte> output, T value, string format)
        where T : IUtf8SpanFormattable
    {
        var span = output.GetSpan(42);
        span[0] = (byte)'"';
        if (!value.TryFormat(span[1..^1], out var written, format, CultureInfo.InvariantCulture))
        {
            throw new InvalidOperationException("The value does not fit.");
        }

        span[written + 1] = (byte)'"';
        output.Advance(written + 2);
    }

    private static void WriteBase64(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> bytes)
    {
        var span = output.GetSpan(System.Buffers.Text.Base64.GetMaxEncodedToUtf8Length(bytes.Length) + 2);
        span[0] = (byte)'"';
        System.Buffers.Text.Base64.EncodeToUtf8(bytes, span[1..], out _, out var written);
        span[written + 1] = (byte)'"';
        output.Advance(written + 2);
    }
}
