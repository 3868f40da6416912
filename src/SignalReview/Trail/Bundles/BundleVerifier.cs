using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using SignalReview.Trail.Signing;

namespace SignalReview.Trail.Bundles;

/// <summary>
/// Judges a bundle with nothing but its bytes and the key that the reader trusts: no network, no database. Every check stands in
/// docs/guides/verify.md, so that somebody else can write a second verifier.
/// </summary>
internal sealed class BundleVerifier
{
    private readonly FindingList findings;
    private readonly BundleArchive archive;
    private readonly VerifierKey key;
    private readonly X509Certificate2Collection? authorities;
    private KeyChain chain;

    /// <summary>Of files that a check has read to their end.</summary>
    private Dictionary<string, byte[]> hashes = [];

    private VerifierKey? signedBy;

    private BundleVerifier(BundleArchive archive, VerifierKey key, X509Certificate2Collection? authorities, FindingList findings)
    {
        this.authorities = authorities;
        chain = KeyChain.Of(key);
        this.archive = archive;
        this.key = key;
        this.findings = findings;
    }

    /// <param name="bundle">Seekable.</param>
    /// <param name="key">The only key that is trusted; the one in the bundle never is.</param>
    /// <param name="since">An older checkpoint's note that the reader kept, or null.</param>
    /// <param name="ct">Stops the work.</param>
    public static Task<VerificationResult> VerifyAsync(Stream bundle, VerifierKey key, byte[]? since, CancellationToken ct) =>
        VerifyAsync(bundle, key, since, authorities: null, ct);

    /// <inheritdoc cref="VerifyAsync(Stream, VerifierKey, byte[], CancellationToken)"/>
    /// <param name="authorities">The roots of time-stamping authorities that the reader trusts; null: none is given.</param>
    public static async Task<VerificationResult> VerifyAsync(
        Stream bundle, VerifierKey key, byte[]? since, X509Certificate2Collection? authorities, CancellationToken ct)
    {
        var found = new FindingList();
        using var opened = BundleArchive.Open(bundle, found.Add);
        return opened is null ? found.ToResult() : await new BundleVerifier(opened, key, authorities, found).VerifyAsync(since, ct);
    }

    private async Task<VerificationResult> VerifyAsync(byte[]? since, CancellationToken ct)
    {
        var facts = await ReadFactsAsync(ct);
        foreach (var name in (facts is null ? BundleLayout.Always : BundleLayout.Required(facts.Scope)).Where(n => !archive.Contains(n)))
        {
            findings.Add(new(FindingCode.MissingFile, name));
        }

        await ReadRotationsAsync(ct);
        var (checkpoint, note) = await ReadCheckpointAsync(ct);
        var stamped = checkpoint is null ? [] : await new AnchorsCheck(archive, findings, chain, checkpoint, authorities).RunAsync(ct);
        var facets = new VerificationResult { Findings = [], FindingCount = 0, Verdict = default };
        if (facts is not null)
        {
            facets = facts.Scope == BundleScope.Case
                ? await CheckCaseAsync(facts, checkpoint, note, ct)
                : await CheckRangeAsync(facts, checkpoint, ct);
            CheckFacts(facts, facets, checkpoint);
        }

        await CheckBagAsync(ct);
        var proved = since is null ? null : await CheckSinceAsync(since, checkpoint, ct);
        var judged = findings.ToResult();
        return facets with
        {
            Findings = judged.Findings,
            FindingCount = judged.FindingCount,
            Verdict = judged.Verdict,
            Log = checkpoint?.Origin,
            Checkpoint = checkpoint,
            Scope = facts?.Scope,
            Profile = facts?.Profile.Name,
            Period = facts?.Period,
            Since = proved,
            SignedBy = signedBy,
            Handovers = signedBy is null ? 0 : Place(signedBy) - Place(key),
            Stamped = stamped,
            NotJudged = facts is null ? [] : [.. archive.Names.Where(n => !IsJudged(n, facts.Scope)).Order(StringComparer.Ordinal)],
        };
    }

    private async Task<VerificationResult> CheckCaseAsync(BundleFacts facts, Checkpoint? checkpoint, string? note, CancellationToken ct)
    {
        var trail = new CaseTrailCheck(archive, findings, facts, checkpoint, note, key.Name);
        await trail.RunAsync(ct);
        return new()
        {
            Findings = [],
            FindingCount = 0,
            Verdict = default,
            Case = trail.Case,
            Events = trail.Events,
            First = trail.First,
            Last = trail.Last,
            OmittedCounts = trail.Omitted.CountBy(o => o.Reason).ToDictionary(c => c.Key, c => (long)c.Value),
            Omitted = trail.Omitted,
            Reveals = trail.Reveals,
            BlindProofs = trail.Proofs,
            BlindProved = trail.Proofs.LongCount(p => p.Verdict == BlindVerdict.Blind),
            StillBlind = trail.StillBlind,
        };
    }

    private async Task<VerificationResult> CheckRangeAsync(BundleFacts facts, Checkpoint? checkpoint, CancellationToken ct)
    {
        using var trail = new RangeTrailCheck(archive, findings, facts, checkpoint, key.Name, Path.GetTempPath());
        await trail.RunAsync(ct);
        hashes = trail.Hashes;
        return new()
        {
            Findings = [],
            FindingCount = 0,
            Verdict = default,
            Events = trail.Events,
            First = trail.First,
            Last = trail.Last,
            Range = trail.Range is { } range ? (range.From, range.To) : null,
            OmittedCounts = trail.Omitted,
            BlindProved = facts.Scope == BundleScope.Everything ? trail.BlindProved : null,
            StillBlind = trail.StillBlind,
        };
    }

    private int Place(VerifierKey one) => chain.Keys.Index().First(k => k.Item.ToString() == one.ToString()).Index;

    /// <summary>With these notes the one key that is trusted vouches for those before and after it.</summary>
    private async Task ReadRotationsAsync(CancellationToken ct)
    {
        if (await ReadTextAsync(BundleLayout.KeyRotations, ct) is not { } text)
        {
            return;
        }

        try
        {
            chain = KeyChain.Parse(key, text);
        }
        catch (FormatException e)
        {
            findings.Add(new(FindingCode.BadRotation, BundleLayout.KeyRotations, Detail: e.Message));
        }
    }

    private static bool IsJudged(string name, BundleScope scope) =>
        BundleLayout.Required(scope).Contains(name)
        || BundleLayout.Optional.Contains(name)
        || name.StartsWith(BundleLayout.AnchorFolder, StringComparison.Ordinal)
        || (scope == BundleScope.Case
            && (name.StartsWith(BundleLayout.BodyFolder, StringComparison.Ordinal) || name.StartsWith(BundleLayout.ProofFolder, StringComparison.Ordinal)));

    /// <summary>Reads a whole small file as UTF-8; a damaged one becomes a finding about what <paramref name="about"/> tells of.</summary>
    internal static async Task<string?> ReadTextAsync(BundleArchive archive, FindingList findings, Finding about, CancellationToken ct)
    {
        if (!archive.Contains(about.File!))
        {
            return null; // reported with the required files or with the event
        }

        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(await archive.ReadAsync(about.File!, ct));
        }
        catch (DecoderFallbackException)
        {
            findings.Add(about with { Code = FindingCode.NotText });
        }
        catch (Exception e) when (BundleArchive.IsDamage(e))
        {
            findings.Add(about with { Code = FindingCode.UnreadableEntry, Detail = e.Message });
        }

        return null;
    }

    private Task<string?> ReadTextAsync(string name, CancellationToken ct) => ReadTextAsync(archive, findings, new Finding(default, name), ct);

    private async Task CheckBagAsync(CancellationToken ct)
    {
        if (await ReadTextAsync(BundleLayout.BagIt, ct) is { } bagit && bagit != BundleLayout.BagItText)
        {
            findings.Add(new(FindingCode.BadTag, BundleLayout.BagIt));
        }

        var listed = new HashSet<string>(StringComparer.Ordinal) { BundleLayout.TagManifest, BundleLayout.Signature };
        await CheckSignatureAsync(ct);
        await CheckManifestAsync(BundleLayout.TagManifest, payload: false, listed, ct);
        await CheckManifestAsync(BundleLayout.Manifest, payload: true, listed, ct);
        foreach (var name in archive.Names.Where(n => !listed.Contains(n)))
        {
            findings.Add(Named(FindingCode.UnlistedFile, name));
        }
    }

    private async Task CheckManifestAsync(string manifest, bool payload, HashSet<string> listed, CancellationToken ct)
    {
        if (!archive.Contains(manifest))
        {
            return;
        }

        var number = 0;
        try
        {
            using var lines = new StreamReader(archive.OpenRead(manifest), new UTF8Encoding(false, throwOnInvalidBytes: true));
            while (await lines.ReadLineAsync(ct) is { } line)
            {
                number++;
                var name = line.Length > 66 && line[64..66] == "  " ? line[66..] : "";
                if (name.Length == 0 || name.StartsWith("data/", StringComparison.Ordinal) != payload || !listed.Add(name))
                {
                    findings.Add(new(FindingCode.BadManifest, manifest, Detail: $"line {number}"));
                    continue;
                }

                await CheckHashAsync(name, line[..64], ct);
            }
        }
        catch (Exception e) when (BundleArchive.IsDamage(e))
        {
            findings.Add(new(FindingCode.UnreadableEntry, manifest, Detail: e.Message));
        }
    }

    private async Task CheckHashAsync(string name, string expected, CancellationToken ct)
    {
        if (!archive.Contains(name))
        {
            findings.AddOnce(Named(FindingCode.MissingFile, name));
            return;
        }

        try
        {
            if (Convert.ToHexStringLower(hashes.GetValueOrDefault(name) ?? await archive.HashAsync(name, ct)) != expected)
            {
                findings.Add(Named(FindingCode.HashMismatch, name));
            }
        }
        catch (Exception e) when (BundleArchive.IsDamage(e))
        {
            findings.Add(Named(FindingCode.UnreadableEntry, name) with { Detail = e.Message });
        }
    }

    private async Task CheckSignatureAsync(CancellationToken ct)
    {
        if (!archive.Contains(BundleLayout.TagManifest)
            || await OpenNoteAsync(BundleLayout.Signature, null, ct) is not { } note)
        {
            return;
        }

        try
        {
            var hash = SHA256.HashData(await archive.ReadAsync(BundleLayout.TagManifest, ct));
            if (note.Text != BundleLayout.SignatureText(key.Name, hash))
            {
                findings.Add(new(FindingCode.BadSignature, BundleLayout.Signature, Detail: "it was given for other files"));
            }
        }
        catch (Exception e) when (BundleArchive.IsDamage(e))
        {
            findings.Add(new(FindingCode.UnreadableEntry, BundleLayout.TagManifest, Detail: e.Message));
        }
    }

    /// <summary>A note in the bundle, if it is signed with the trusted key, or one that it vouches for.</summary>
    /// <param name="name">Its file.</param>
    /// <param name="size">Takes the tree's size from its text, for a note that has one.</param>
    /// <param name="ct">The caller's token.</param>
    private async Task<SignedNote?> OpenNoteAsync(string name, Func<string, long?>? size, CancellationToken ct)
    {
        if (await ReadTextAsync(name, ct) is not { } text)
        {
            return null;
        }

        SignedNote note;
        try
        {
            note = SignedNote.Parse(text);
        }
        catch (FormatException e)
        {
            findings.Add(new(FindingCode.BadSignature, name, Detail: e.Message));
            return null;
        }

        switch (chain.Verify(note, size?.Invoke(note.Text)))
        {
            case ChainVerdict.Signed:
                signedBy = chain.Keys.Last(k => note.Verify(k) == NoteVerdict.Signed);
                return note;
            case ChainVerdict.OtherKey:
                findings.Add(new(FindingCode.OtherKey, name));
                return null;
            case ChainVerdict.RetiredKey:
                findings.Add(new(FindingCode.RetiredKey, name));
                return null;
            case ChainVerdict.BadSignature:
            default:
                findings.Add(new(FindingCode.BadSignature, name));
                return null;
        }
    }

    private async Task<(Checkpoint? Checkpoint, string? Note)> ReadCheckpointAsync(CancellationToken ct)
    {
        var text = await ReadTextAsync(BundleLayout.Checkpoint, ct);
        if (await ReadTextAsync(BundleLayout.Vkey, ct) is { } vkey && vkey != chain.Last + "\n")
        {
            findings.Add(new(FindingCode.OtherKey, BundleLayout.Vkey));
        }

        if (text is null || await OpenNoteAsync(BundleLayout.Checkpoint, SizeOf, ct) is not { } note)
        {
            return (null, text);
        }

        try
        {
            var checkpoint = Checkpoint.Parse(note.Text);
            if (checkpoint.Origin == key.Name)
            {
                return (checkpoint, text);
            }

            findings.Add(new(FindingCode.OtherLog, BundleLayout.Checkpoint, Detail: checkpoint.Origin));
        }
        catch (FormatException e)
        {
            findings.Add(new(FindingCode.BadCheckpoint, BundleLayout.Checkpoint, Detail: e.Message));
        }

        return (null, text);
    }

    private static long? SizeOf(string text)
    {
        try
        {
            return Checkpoint.Parse(text).Size;
        }
        catch (FormatException)
        {
            return null; // told where the checkpoint is read
        }
    }

    private async Task<BundleFacts?> ReadFactsAsync(CancellationToken ct)
    {
        if (await ReadTextAsync(BundleLayout.BagInfo, ct) is not { } info)
        {
            return null;
        }

        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in info.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            if (colon <= 0 || !fields.TryAdd(line[..colon], line[(colon + 2)..]))
            {
                findings.Add(new(FindingCode.BadTag, BundleLayout.BagInfo, Detail: line));
            }
        }

        var facts = BundleFacts.Read(fields);
        if (facts is null)
        {
            findings.Add(new(FindingCode.UnknownFormat, BundleLayout.BagInfo));
        }

        return facts;
    }

    private void CheckFacts(BundleFacts facts, VerificationResult found, Checkpoint? checkpoint)
    {
        Expect("SignalReview-Case", found.Case?.ToString("D"));
        Expect("SignalReview-Events", Number(found.Events));
        Expect("SignalReview-Bodies-Omitted", Number(found.OmittedCounts.Values.Sum()));
        Expect("SignalReview-Tree-Size", checkpoint is null ? null : Number(checkpoint.Size));
        Expect("SignalReview-Log", checkpoint?.Origin);

        static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

        void Expect(string field, string? value)
        {
            if (value is not null && facts.Fields.GetValueOrDefault(field) != value)
            {
                findings.Add(new(
                    FindingCode.BagInfoMismatch, BundleLayout.BagInfo, Detail: $"{field}: {facts.Fields.GetValueOrDefault(field)}, found {value}"));
            }
        }
    }

    private async Task<long?> CheckSinceAsync(byte[] since, Checkpoint? checkpoint, CancellationToken ct)
    {
        if (checkpoint is null)
        {
            return null; // nothing to compare with; already reported
        }

        Checkpoint old;
        try
        {
            var note = SignedNote.Parse(since);
            if (chain.Verify(note, SizeOf(note.Text)) is not ChainVerdict.Signed)
            {
                findings.Add(new(FindingCode.SinceUnreadable, Detail: "it is not signed with the given key"));
                return null;
            }

            old = Checkpoint.Parse(note.Text);
        }
        catch (FormatException e)
        {
            findings.Add(new(FindingCode.SinceUnreadable, Detail: e.Message));
            return null;
        }

        if (old.Origin != checkpoint.Origin)
        {
            findings.Add(new(FindingCode.SinceUnreadable, Detail: $"it is of another log: {old.Origin}"));
            return null;
        }

        return old.Size == checkpoint.Size ? SameSize(old, checkpoint) : await ProvedAsync(old, checkpoint, ct);
    }

    private long? SameSize(Checkpoint old, Checkpoint checkpoint)
    {
        if (old.Root.AsSpan().SequenceEqual(checkpoint.Root))
        {
            return old.Size;
        }

        findings.Add(new(FindingCode.SinceInconsistent, BundleLayout.Checkpoint, Detail: "two roots for one size were signed"));
        return null;
    }

    private async Task<long?> ProvedAsync(Checkpoint old, Checkpoint checkpoint, CancellationToken ct)
    {
        var text = await ReadTextAsync(BundleLayout.Consistency, ct);
        ConsistencyFile? proof = null;
        if (text is not null)
        {
            try
            {
                proof = ConsistencyFile.Parse(text);
            }
            catch (FormatException e)
            {
                findings.Add(new(FindingCode.BadProof, BundleLayout.Consistency, Detail: e.Message));
                return null;
            }
        }

        if (proof is null || proof.From != old.Size || proof.To != checkpoint.Size)
        {
            findings.Add(new(FindingCode.SinceNotProved, BundleLayout.Consistency, Detail: $"no proof from {old.Size} to {checkpoint.Size}"));
            return null;
        }

        if (MerkleTree.VerifyConsistency(old.Size, old.Root, checkpoint.Size, checkpoint.Root, proof.Hashes))
        {
            return old.Size;
        }

        findings.Add(new(FindingCode.SinceInconsistent, BundleLayout.Consistency));
        return null;
    }

    /// <summary>A finding about a body or proof names its event.</summary>
    private static Finding Named(FindingCode code, string file)
    {
        var name = Path.GetFileName(file);
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return new(code, file, dot > 0 && Guid.TryParseExact(name[..dot], "D", out var id) ? id : null);
    }
}

/// <summary>The findings of one verification.</summary>
internal sealed class FindingList
{
    private const int Kept = 1000;

    private readonly List<Finding> kept = [];
    private long count;
    private bool tampered;

    public void Add(Finding finding)
    {
        count++;
        tampered |= finding.Verdict == Verdict.Tampered;
        if (kept.Count < Kept)
        {
            kept.Add(finding);
        }
    }

    /// <summary>For what several checks come across.</summary>
    public void AddOnce(Finding finding)
    {
        if (!kept.Exists(f => f.Code == finding.Code && f.File == finding.File))
        {
            Add(finding);
        }
    }

    public VerificationResult ToResult() => new()
    {
        Findings = kept,
        FindingCount = count,
        Verdict = count == 0 ? Verdict.Valid : tampered ? Verdict.Tampered : Verdict.Incomplete,
    };
}
