using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace SignalReview.Trail;

/// <summary>
/// A leaf's members where they lie in its bytes, without allocating: for whoever walks through a million of them. Values are the text itself,
/// in UTF-8.
/// </summary>
internal ref struct HeaderView
{
    private const int TimeLength = 24;
    private const int IdLength = 36;
    private const int CommitLength = 44;
    private const int SafeDigits = 15;

    private static readonly SearchValues<byte> NotPlain =
        SearchValues.Create([(byte)'"', (byte)'\\', .. Enumerable.Range(0, 256).Where(c => c is < 0x20 or > 0x7E).Select(c => (byte)c)]);

    public ReadOnlySpan<byte> Actor { get; private set; }

    public ReadOnlySpan<byte> At { get; private set; }

    /// <summary>UTC.</summary>
    public DateTime Time { get; private set; }

    public bool HasCase { get; private set; }

    public Guid Case { get; private set; }

    public ReadOnlySpan<byte> CaseSeqText { get; private set; }

    public long CaseSeq { get; private set; }

    public ReadOnlySpan<byte> Cause { get; private set; }

    /// <summary>Base64.</summary>
    public ReadOnlySpan<byte> Commit { get; private set; }

    public Guid Id { get; private set; }

    public ReadOnlySpan<byte> IdText { get; private set; }

    public ReadOnlySpan<byte> Log { get; private set; }

    public ReadOnlySpan<byte> OnBehalfOf { get; private set; }

    public bool HasOnBehalfOf { get; private set; }

    public ReadOnlySpan<byte> Policy { get; private set; }

    public bool HasPolicy { get; private set; }

    public ReadOnlySpan<byte> Role { get; private set; }

    public ReadOnlySpan<byte> Type { get; private set; }

    /// <summary>Whatever <see cref="EventHeader.Parse"/> takes, this reads; most of it in one pass.</summary>
    /// <exception cref="FormatException">Not a header in canonical form.</exception>
    public static HeaderView Read(ReadOnlySpan<byte> leaf) => TryRead(leaf, out var view) ? view : Of(EventHeader.ParseSlowly(leaf));

    /// <summary>False when the leaf is not plainly a header: it holds an escape, or a letter outside ASCII, or it is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> leaf, out HeaderView view)
    {
        view = default;
        var rest = leaf;
        if (!Text(ref rest, "{\"actor\":\""u8, out var actor)
            || !Text(ref rest, ",\"at\":\""u8, out var at)
            || !TryTime(at, out var time))
        {
            return false;
        }

        view.Actor = actor;
        view.At = at;
        view.Time = time;
        if (!Place(ref rest, out var hasCase, out var @case, out var seqText, out var seq))
        {
            return false;
        }

        view.HasCase = hasCase;
        view.Case = @case;
        view.CaseSeqText = seqText;
        view.CaseSeq = seq;

        if (Optional(ref rest, ",\"cause\":\""u8, out var cause) && !TryId(cause, out _))
        {
            return false;
        }

        view.Cause = cause;
        if (!Text(ref rest, ",\"commit\":\""u8, out var commit)
            || !IsCommit(commit)
            || !Text(ref rest, ",\"id\":\""u8, out var idText)
            || !TryId(idText, out var id)
            || !Text(ref rest, ",\"log\":\""u8, out var log))
        {
            return false;
        }

        view.Commit = commit;
        view.IdText = idText;
        view.Id = id;
        view.Log = log;
        view.HasOnBehalfOf = Optional(ref rest, ",\"onBehalfOf\":\""u8, out var onBehalfOf);
        view.HasPolicy = Optional(ref rest, ",\"policy\":\""u8, out var policy);
        view.OnBehalfOf = onBehalfOf;
        view.Policy = policy;
        if (!Text(ref rest, ",\"role\":\""u8, out var role) || !Text(ref rest, ",\"type\":\""u8, out var type))
        {
            return false;
        }

        view.Role = role;
        view.Type = type;
        return rest.SequenceEqual(",\"v\":1}"u8);
    }

    public readonly EventHeader ToHeader()
    {
        var commit = new byte[Commitment.Size];
        Base64.DecodeFromUtf8(Commit, commit, out _, out _);
        return new(
            Encoding.UTF8.GetString(Log),
            Id,
            new DateTimeOffset(Time, TimeSpan.Zero),
            Encoding.UTF8.GetString(Type),
            HasCase ? Case : null,
            HasCase ? CaseSeq : null,
            Encoding.UTF8.GetString(Actor),
            Encoding.UTF8.GetString(Role),
            HasOnBehalfOf ? Encoding.UTF8.GetString(OnBehalfOf) : null,
            TryId(Cause, out var cause) ? cause : null,
            HasPolicy ? Encoding.UTF8.GetString(Policy) : null,
            commit);
    }

    private static HeaderView Of(EventHeader header)
    {
        var seq = header.CaseSeq?.ToString(CultureInfo.InvariantCulture) ?? "";
        return new()
        {
            Actor = Encoding.UTF8.GetBytes(header.Actor),
            At = Encoding.UTF8.GetBytes(EventHeader.TimeText(header.At)),
            Time = header.At.UtcDateTime,
            HasCase = header.Case is not null,
            Case = header.Case ?? default,
            CaseSeqText = Encoding.UTF8.GetBytes(seq),
            CaseSeq = header.CaseSeq ?? 0,
            Cause = Encoding.UTF8.GetBytes(header.Cause?.ToString("D") ?? ""),
            Commit = Encoding.UTF8.GetBytes(Convert.ToBase64String(header.Commit)),
            Id = header.Id,
            IdText = Encoding.UTF8.GetBytes(header.Id.ToString("D")),
            Log = Encoding.UTF8.GetBytes(header.Log),
            OnBehalfOf = Encoding.UTF8.GetBytes(header.OnBehalfOf ?? ""),
            HasOnBehalfOf = header.OnBehalfOf is not null,
            Policy = Encoding.UTF8.GetBytes(header.Policy ?? ""),
            HasPolicy = header.Policy is not null,
            Role = Encoding.UTF8.GetBytes(header.Role),
            Type = Encoding.UTF8.GetBytes(header.Type),
        };
    }

    private static bool Place(scoped ref ReadOnlySpan<byte> rest, out bool hasCase, out Guid id, out ReadOnlySpan<byte> seqText, out long seq)
    {
        hasCase = false;
        id = default;
        seqText = default;
        seq = 0;
        if (!Optional(ref rest, ",\"case\":\""u8, out var @case))
        {
            return true;
        }

        var key = ",\"caseSeq\":"u8;
        if (!TryId(@case, out id) || !rest.StartsWith(key))
        {
            return false;
        }

        rest = rest[key.Length..];
        var digits = 0;
        var number = 0L;
        while (digits < rest.Length && digits <= SafeDigits && rest[digits] is >= (byte)'0' and <= (byte)'9')
        {
            number = number * 10 + (rest[digits++] - '0');
        }

        if (digits is 0 or > SafeDigits || rest[0] == '0')
        {
            return false;
        }

        hasCase = true;
        seqText = rest[..digits];
        seq = number;
        rest = rest[digits..];
        return true;
    }

    private static bool Optional(scoped ref ReadOnlySpan<byte> rest, scoped ReadOnlySpan<byte> head, out ReadOnlySpan<byte> value)
    {
        value = default;
        return rest.StartsWith(head) && Text(ref rest, head, out value);
    }

    private static bool Text(scoped ref ReadOnlySpan<byte> rest, scoped ReadOnlySpan<byte> head, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!rest.StartsWith(head))
        {
            return false;
        }

        var text = rest[head.Length..];
        var end = text.IndexOfAny(NotPlain);
        if (end < 0 || text[end] != '"')
        {
            return false;
        }

        value = text[..end];
        rest = text[(end + 1)..];
        return true;
    }

    private static bool TryId(ReadOnlySpan<byte> text, out Guid id)
    {
        id = default;
        return text.Length == IdLength
            && text.IndexOfAnyInRange((byte)'A', (byte)'F') < 0
            && Utf8Parser.TryParse(text, out id, out var used, 'D')
            && used == IdLength;
    }

    /// <summary>32 bytes in the one way to write them.</summary>
    private static bool IsCommit(ReadOnlySpan<byte> text)
    {
        Span<byte> bytes = stackalloc byte[Commitment.Size + 1];
        Span<byte> again = stackalloc byte[CommitLength];
        return text.Length == CommitLength
            && Base64.DecodeFromUtf8(text, bytes, out _, out var count) == OperationStatus.Done
            && count == Commitment.Size
            && Base64.EncodeToUtf8(bytes[..count], again, out _, out _) == OperationStatus.Done
            && again.SequenceEqual(text);
    }

    private static bool TryTime(ReadOnlySpan<byte> text, out DateTime time)
    {
        time = default;
        if (text.Length != TimeLength
            || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != '.' || text[23] != 'Z'
            || !Digits(text[..4], out var year)
            || !Digits(text.Slice(5, 2), out var month)
            || !Digits(text.Slice(8, 2), out var day)
            || !Digits(text.Slice(11, 2), out var hour)
            || !Digits(text.Slice(14, 2), out var minute)
            || !Digits(text.Slice(17, 2), out var second)
            || !Digits(text.Slice(20, 3), out var millisecond)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        time = new DateTime(year, month, day, hour, minute, second, millisecond, DateTimeKind.Utc);
        return true;
    }

    private static bool Digits(ReadOnlySpan<byte> text, out int number)
    {
        number = 0;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            number = number * 10 + (digit - '0');
        }

        return true;
    }
}
