using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace SignalReview.Trail.Bundles;

/// <summary>
/// Reads a large file of a bundle once, from its start: unpacked and hashed ahead by a thread of its own, while its reader looks at what is there.
/// What is handed out lies in a buffer that the next call may move.
/// </summary>
internal sealed class HashedReader : IDisposable
{
    private const int BlockSize = 1 << 17;
    private const int Ahead = 4;

    private readonly BlockingCollection<(byte[] Bytes, int Length)> blocks = new(Ahead);
    private readonly ConcurrentBag<byte[]> idle = [];
    private readonly CancellationTokenSource stop = new();
    private readonly Task filling;
    private readonly int most;
    private byte[] buffer = new byte[2 * BlockSize];
    private int start;
    private int end;
    private bool ended;
    private byte[]? hash;
    private Exception? damage;

    /// <param name="open">Opens the file, on the reading thread.</param>
    /// <param name="most">The longest line, and the most that is looked at at once.</param>
    public HashedReader(Func<Stream> open, int most)
    {
        this.most = most;
        filling = Task.Factory.StartNew(() => Fill(open), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>The last line that was read ended in a line feed, or nothing was read.</summary>
    public bool EndedInNewline { get; private set; } = true;

    /// <summary>SHA-256 of the whole file once its end was reached; before that null.</summary>
    public byte[]? Hash => ended ? hash : null;

    /// <summary>The next line without its line feed.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or a line is too long.</exception>
    public bool TryReadLine(out ReadOnlySpan<byte> line)
    {
        for (var searched = 0; ;)
        {
            var newline = buffer.AsSpan(start + searched, end - start - searched).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                line = buffer.AsSpan(start, searched + newline);
                start += searched + newline + 1;
                EndedInNewline = true;
                return true;
            }

            searched = end - start;
            if (!More())
            {
                line = buffer.AsSpan(start, searched);
                start = end;
                EndedInNewline = searched == 0;
                return searched > 0;
            }
        }
    }

    /// <summary>What comes next: at least so many bytes, or all that there are.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or that is more than may be looked at.</exception>
    public ReadOnlySpan<byte> Peek(int atLeast)
    {
        while (end - start < atLeast && More())
        {
        }

        return buffer.AsSpan(start, end - start);
    }

    public void Skip(int count) => start += count;

    /// <summary>Reads on to the end, so that the hash is known.</summary>
    public void Drain()
    {
        do
        {
            start = end;
        }
        while (More());
    }

    public void Dispose()
    {
        stop.Cancel();
        filling.Wait(); // it never throws
        blocks.Dispose();
        stop.Dispose();
    }

    private bool More()
    {
        if (ended)
        {
            return false;
        }

        if (!blocks.TryTake(out var block, Timeout.Infinite))
        {
            filling.Wait(); // what it found out is there to see
            ended = true;
            return damage is null ? false : throw new InvalidDataException(damage.Message, damage);
        }

        var left = end - start;
        if (left > most)
        {
            throw new InvalidDataException($"A line is longer than {most} bytes.");
        }

        if (buffer.Length - end < block.Length)
        {
            var target = buffer.Length - left >= block.Length ? buffer : new byte[Math.Max(buffer.Length * 2, left + block.Length)];
            buffer.AsSpan(start, left).CopyTo(target);
            (buffer, start, end) = (target, 0, left);
        }

        block.Bytes.AsSpan(0, block.Length).CopyTo(buffer.AsSpan(end));
        end += block.Length;
        idle.Add(block.Bytes);
        return true;
    }

    private void Fill(Func<Stream> open)
    {
        try
        {
            using var stream = open();
            using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            while (true)
            {
                var bytes = idle.TryTake(out var used) ? used : new byte[BlockSize];
                var read = stream.ReadAtLeast(bytes, BlockSize, throwOnEndOfStream: false);
                if (read == 0)
                {
                    break;
                }

                sha256.AppendData(bytes, 0, read);
                blocks.Add((bytes, read), stop.Token);
            }

            hash = sha256.GetHashAndReset();
        }
        catch (OperationCanceledException)
        {
            // Nobody reads on.
        }
        catch (Exception e) when (BundleArchive.IsDamage(e))
        {
            damage = e;
        }
        finally
        {
            blocks.CompleteAdding();
        }
    }
}
