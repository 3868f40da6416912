using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using SignalReview.Trail;
using SignalReview.Trail.Bundles;

namespace SignalReview.Tests.Trail.Bundles;

/// <summary>The key under which many logs of one test are signed.</summary>
internal sealed class LogKeys : IDisposable
{
    public LogKeys()
    {
        Folder = Path.Combine(TestContext.CurrentContext.WorkDirectory, "keys-" + Path.GetRandomFileName());
        Keys = KeyRing.OpenOrCreate(Folder);
        Signer = new CheckpointSigner(Keys, TestLog.Origin);
    }

    public string Folder { get; }

    public KeyRing Keys { get; }

    public CheckpointSigner Signer { get; }

    public void Dispose()
    {
        Signer.Dispose();
        Keys.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}

/// <summary>
/// A small log of a few cases, all drawn from a seed: well-formed rounds of readings and votes between other events, odd words, erasures, and
/// entries that were never revealed. Only keys and salts differ from one run to the next.
/// </summary>
internal sealed class RandomLog
{
    private static readonly DateTimeOffset Start = new(2026, 3, 16, 9, 5, 0, TimeSpan.Zero);

    private static readonly string[] Words =
    [
        "we weten waar je chillt 🔪", "=SUM(A1:A9)", "+31", "-", "@all", "\ttab", "met \"aanhaling\", komma", "regel\r\neinde", "\uFB33 na 😂", "\u2028scheiding", "", "\u007F", "＝vol",
        "ß/\\</script>", "é",
    ];

    private static readonly string[] Roles = ["reader", "owner", "coordinator", "system"];

    private readonly Random random;
    private readonly LogKeys keys;
    private readonly MemoryTree tree = new();
    private readonly List<(Guid Case, EventHeader Header, BundleEvent Event)> events = [];
    private readonly Guid[] cases;
    private readonly Dictionary<Guid, long> sequences = [];
    private DateTimeOffset now = Start;

    public RandomLog(int seed, LogKeys keys)
    {
        this.keys = keys;
        random = new Random(seed);
        cases = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => NewId())];
        var erased = random.Next(4) == 0 ? cases[0] : (Guid?)null;
        for (var steps = random.Next(1, 9); steps > 0; steps--)
        {
            Step(cases[random.Next(cases.Length)], erased);
        }

        foreach (var @case in cases)
        {
            if (@case == erased)
            {
                Add(@case, "subject.erased", new JsonObject { ["ground"] = "request" }, null);
            }

            Add(@case, "trail.exported", new JsonObject { ["reason"] = Word() }, null);
        }
    }

    public string Scope { get; private set; } = "";

    /// <summary>A bundle of it, of a scope and with a profile that the seed chose.</summary>
    public async Task<byte[]> BundleAsync()
    {
        var scope = (BundleScope)random.Next(3);
        Scope = BundleLayout.NameOf(scope);
        var profile = RedactionProfile.All[Math.Max(0, random.Next(6) - 3)];
        var @case = cases[random.Next(cases.Length)];
        var (first, end) = (0, events.Count);
        BundlePeriod? period = null;
        var size = events.Count;
        if (scope == BundleScope.Period)
        {
            var (a, b) = (events[random.Next(events.Count)].Header.At, events[random.Next(events.Count)].Header.At);
            var asked = new BundlePeriod(a < b ? a : b, (a < b ? b : a).AddMilliseconds(1));
            var from = events.FindIndex(e => e.Header.At >= asked.From);
            var to = events.FindLastIndex(e => e.Header.At < asked.Before);
            (first, end, period) = (Math.Max(0, from - 1), Math.Min(events.Count, to + 2), asked);
        }

        var chosen = events.Skip(first).Take(end - first).Where(e => scope != BundleScope.Case || e.Case == @case).Select(e => e.Event).ToList();
        if (scope == BundleScope.Case)
        {
            size = (int)chosen[^1].LeafIndex + 1;
        }

        var root = await MerkleTree.RootAsync(tree, size, default);
        var request = new BundleRequest
        {
            Scope = scope,
            Case = scope == BundleScope.Case ? @case : null,
            Period = period,
            FirstLeaf = first,
            Profile = profile,
            At = Start,
            Organisation = "Jongerenwerk Noord",
            CheckpointNote = await new Checkpoint(TestLog.Origin, size, root).SignAsync(keys.Keys.Signing.Current, default),
            NameOf = id => id == "w2" ? Words[Math.Abs(id.Length * size) % Words.Length] : null,
            Zone = TimeZoneInfo.Utc,
            TemporaryFolder = keys.Folder,
        };
        using var output = new MemoryStream();
        await new BundleWriter(keys.Signer).WriteAsync(output, request, chosen.ToAsyncEnumerable(), tree, default);
        return output.ToArray();
    }

    private void Step(Guid @case, Guid? erased)
    {
        switch (random.Next(5))
        {
            case 0:
                Round(@case, "interpretation.submitted", "interpretations.revealed", "readings", null, erased);
                break;
            case 1:
                Round(@case, "vote.cast", "votes.revealed", "ballots", (int)sequences.GetValueOrDefault(@case) + 1, erased);
                break;
            case 2:
                Add(@case, "vote.cast", new JsonObject { ["round"] = 1000 + random.Next(9), ["reason"] = Word() }, BodyOmission.Blind);
                break;
            default:
                for (var more = random.Next(1, 4); more > 0; more--)
                {
                    Add(@case, random.Next(2) == 0 ? "message.said" : "case.read", Body(), @case == erased ? BodyOmission.Erased : random.Next(9) == 0 ? BodyOmission.Closed : null);
                }

                break;
        }
    }

    private void Round(Guid @case, string entry, string reveal, string list, int? round, Guid? erased)
    {
        var entries = new JsonArray();
        for (var more = random.Next(1, 4); more > 0; more--)
        {
            var body = Body();
            body["round"] = round;
            entries.Add(Add(@case, entry, body, @case == erased ? BodyOmission.Erased : null).ToString("D"));
        }

        Add(@case, reveal, new JsonObject { ["round"] = round, [list] = entries }, @case == erased ? BodyOmission.Erased : null);
    }

    private JsonObject Body()
    {
        var body = new JsonObject();
        for (var members = random.Next(4); members > 0; members--)
        {
            body[random.Next(3) == 0 ? Word() + members : $"field{members}"] = random.Next(5) switch
            {
                0 => random.NextInt64(-Jcs.MaxSafeInteger, Jcs.MaxSafeInteger),
                1 => random.Next(2) == 0,
                2 => new JsonArray(Word(), null, new JsonObject { ["b"] = Word(), ["a"] = 1 }),
                _ => Word(),
            };
        }

        return body;
    }

    private Guid Add(Guid @case, string type, JsonObject body, BodyOmission? omission)
    {
        now = now.AddMilliseconds(random.Next(10) == 0 ? -random.Next(40) : random.Next(100)); // nearly, but not quite, in order
        var salt = Commitment.NewSalt();
        var json = Jcs.Canonicalize(body);
        var seq = sequences[@case] = sequences.GetValueOrDefault(@case) + 1;
        var actor = random.Next(20) == 0 ? Words[0] : $"w{random.Next(1, 5).ToString(CultureInfo.InvariantCulture)}";
        var header = new EventHeader(
            TestLog.Origin,
            NewId(),
            now,
            type,
            @case,
            seq,
            actor,
            Roles[random.Next(Roles.Length)],
            random.Next(5) == 0 ? "=w9" : null,
            random.Next(2) == 0 ? NewId() : null,
            random.Next(2) == 0 ? "collegial-consultation@3" : null,
            Commitment.Compute(salt, json));
        var leaf = header.ToLeaf();
        var index = tree.Frontier.Size;
        tree.Append(leaf);
        events.Add((@case, header, omission is { } why ? new BundleEvent(index, leaf, why) : new BundleEvent(index, leaf, new BundleBody(salt, json))));
        return header.Id;
    }

    private string Word() => Words[random.Next(Words.Length)];

    private Guid NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }
}

/// <summary>What somebody may do to a bundle, and whose hand it is.</summary>
internal sealed record Mutation(BundleFiles Files, string What, string Touched, Guid? Event);

/// <summary>Changes drawn from a seed.</summary>
internal static class Mutations
{
    /// <param name="files">A good bundle; it is changed.</param>
    /// <param name="random">Chooses.</param>
    /// <returns>Null when what was chosen leaves the bundle as it was.</returns>
    public static Mutation? Change(BundleFiles files, Random random)
    {
        var names = files.Files.Where(f => f.Value.Length > 0).Select(f => f.Key).ToList();
        var name = names[random.Next(names.Count)];
        var before = files[name];
        switch (random.Next(9))
        {
            case 0:
                files[name] = Flipped(before, random);
                return Of("flip");
            case 1:
                files.Files.Remove(name);
                return Of("delete");
            case 2:
                files[name] = before[..random.Next(before.Length)];
                return Of("truncate");
            case 3:
                files[name] = [.. before, .. before];
                return Of("duplicate");
            case 4:
                return Lines("delete a line", lines => lines.RemoveAt(random.Next(lines.Count)));
            case 5:
                return Lines("duplicate a line", lines => lines.Insert(random.Next(lines.Count), lines[random.Next(lines.Count)]));
            case 6:
                return Lines("reorder lines", lines => (lines[0], lines[^1]) = (lines[^1], lines[0]));
            case 7:
                return Swap();
            default:
                return Replace();
        }

        Mutation Of(string what) => new(files, what, name, EventOf(name));

        Mutation? Lines(string what, Action<List<string>> change)
        {
            var choices = new[] { BundleLayout.Headers, BundleLayout.Bodies, BundleLayout.Omitted, BundleLayout.Manifest, BundleLayout.Events }
                .Where(n => files.Files.TryGetValue(n, out var content) && content.Length > 0).ToList();
            name = choices[random.Next(choices.Count)];
            var text = files[name];
            var lines = Encoding.Latin1.GetString(text).Split('\n').ToList();
            lines.RemoveAt(lines.Count - 1);
            change(lines);
            files[name] = Encoding.Latin1.GetBytes(string.Concat(lines.Select(l => l + "\n")));
            return files[name].AsSpan().SequenceEqual(text) ? null : Of(what);
        }

        Mutation? Swap()
        {
            var folder = random.Next(2) == 0 ? BundleLayout.BodyFolder : BundleLayout.ProofFolder;
            var of = files.Files.Keys.Where(n => n.StartsWith(folder, StringComparison.Ordinal)).ToList();
            if (of.Count < 2)
            {
                return null;
            }

            name = of[random.Next(of.Count)];
            var other = of[random.Next(of.Count)];
            if (files[name].AsSpan().SequenceEqual(files[other]))
            {
                return null;
            }

            (files[name], files[other]) = (files[other], files[name]);
            return Of("swap");
        }

        Mutation? Replace()
        {
            var salt = new byte[Commitment.SaltSize];
            random.NextBytes(salt);
            var of = files.Files.Keys.Where(n => n.StartsWith(BundleLayout.BodyFolder, StringComparison.Ordinal)).ToList();
            if (of.Count > 0)
            {
                name = of[random.Next(of.Count)];
                files[name] = BundleLayout.BodyFile("{\"concern\":0}"u8, salt);
                return Of("replace body and salt");
            }

            if (!files.Files.TryGetValue(BundleLayout.Bodies, out var bodies) || bodies.Length == 0)
            {
                return null;
            }

            name = BundleLayout.Bodies;
            var lines = files.Lines(name);
            var at = random.Next(lines.Length);
            var line = JsonNode.Parse(lines[at])!.AsObject();
            line["body"] = new JsonObject { ["concern"] = 0 };
            line["salt"] = Convert.ToBase64String(salt);
            lines[at] = Encoding.UTF8.GetString(Jcs.Canonicalize(line));
            files.SetLines(name, lines);
            return new(files, "replace body and salt", name, Guid.Parse((string)line["id"]!));
        }
    }

    private static Guid? EventOf(string name) =>
        name.StartsWith(BundleLayout.BodyFolder, StringComparison.Ordinal) || name.StartsWith(BundleLayout.ProofFolder, StringComparison.Ordinal)
            ? Guid.Parse(Path.GetFileName(name)[..36])
            : null;

    private static byte[] Flipped(byte[] content, Random random)
    {
        byte[] changed = [.. content];
        changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
        return changed;
    }
}
