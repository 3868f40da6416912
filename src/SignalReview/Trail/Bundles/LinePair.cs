namespace SignalReview.Trail.Bundles;

/// <summary>The lines of a file one by one, each with the one after it. A file that is damaged ends where the damage is.</summary>
internal sealed class LinePair(HashedReader reader) : IDisposable
{
    private byte[] current = [];
    private byte[] next = [];
    private byte[] spare = [];
    private int currentLength = -1;
    private int nextLength = -1;
    private bool begun;

    public bool HasCurrent
    {
        get
        {
            Begin();
            return currentLength >= 0;
        }
    }

    public bool HasNext => HasCurrent && nextLength >= 0;

    public ReadOnlySpan<byte> Current => current.AsSpan(0, currentLength);

    public ReadOnlySpan<byte> Next => next.AsSpan(0, nextLength);

    public bool EndedInNewline => reader.EndedInNewline;

    public InvalidDataException? Damage { get; private set; }

    public byte[]? Hash => Damage is null ? reader.Hash : null;

    /// <summary>Goes on to the next line. What it gives stays readable until it is called again.</summary>
    public ReadOnlySpan<byte> Take()
    {
        var (taken, length) = (current, currentLength);
        (current, currentLength) = (next, nextLength);
        (next, spare) = (spare, taken);
        Read();
        return taken.AsSpan(0, length);
    }

    public void Dispose() => reader.Dispose();

    private void Begin()
    {
        if (!begun)
        {
            begun = true;
            Read();
            (current, currentLength) = (next, nextLength);
            next = [];
            Read();
        }
    }

    private void Read()
    {
        nextLength = -1;
        try
        {
            if (Damage is not null || !reader.TryReadLine(out var line))
            {
                return;
            }

            if (next.Length < line.Length)
            {
                next = new byte[Math.Max(line.Length, 1024)];
            }

            line.CopyTo(next);
            nextLength = line.Length;
        }
        catch (InvalidDataException e)
        {
            Damage = e;
        }
    }
}
