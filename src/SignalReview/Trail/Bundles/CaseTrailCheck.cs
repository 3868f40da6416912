using System.Text.Json;

namespace SignalReview.Trail.Bundles;

/// <summary>
/// Walks the headers of a bundle of one case, and with each its proof, body and row of the table. Findings name the event.
/// </summary>
internal sealed class CaseTrailCheck(
    BundleArchive archive, FindingList findings, BundleFacts facts, Checkpoint? checkpoint, string? checkpointNote, string origin)
{
    private const int MaxHeader = 64 * 1024;

    private readonly Dictionary<Guid, long> seen = [];
    private readonly Dictionary<Guid, OmissionLine> omissions = [];
    private readonly List<OmittedBody> omitted = [];
    private readonly List<BlindReveal> reveals = [];
    private readonly List<BlindProof> proofs = [];
    private readonly BlindnessCheck blindness = new();
    private readonly List<OmittedBody> erased = [];
    private long lastIndex = -1;
    private bool lastIndexKnown;
    private bool erasureInTrail;
    private bool bodyChanged;
    private long expectedSeq = 1;

    public Guid? Case { get; private set; }

    public long Events { get; private set; }

    public DateTimeOffset? First { get; private set; }

    public DateTimeOffset? Last { get; private set; }

    public IReadOnlyList<OmittedBody> Omitted => omitted;

    public IReadOnlyList<BlindReveal> Reveals => reveals;

    /// <summary>Of each blind entry, in the order in which the last word is said of it.</summary>
    public IReadOnlyList<BlindProof> Proofs => [.. proofs, .. blindness.NotRevealed];

    public int StillBlind => blindness.StillBlind;

    public async Task RunAsync(CancellationToken ct)
    {
        if (!archive.Contains(BundleLayout.Headers))
        {
            return;
        }

        await ReadOmissionsAsync(ct);
        using (var table = new EventsTableCheck(archive, findings, facts.Profile.Names))
        {
            await WalkAsync(table, ct);
            table.Close();
        }

        CheckEnd();
        foreach (var name in archive.Names)
        {
            if (EventOf(name) is { } id && !seen.ContainsKey(id))
            {
                findings.Add(new(FindingCode.UnknownEvent, name, id));
            }
        }

        foreach (var id in omissions.Keys.Where(id => !seen.ContainsKey(id)))
        {
            findings.Add(new(FindingCode.UnknownEvent, BundleLayout.Omitted, id));
        }
    }

    private static Guid? EventOf(string name)
    {
        var (head, tail) = name.StartsWith(BundleLayout.BodyFolder, StringComparison.Ordinal)
            ? (BundleLayout.BodyFolder, ".json")
            : (BundleLayout.ProofFolder, ".tlog-proof");
        return name.StartsWith(head, StringComparison.Ordinal)
            ? name.EndsWith(tail, StringComparison.Ordinal) && Guid.TryParseExact(name[head.Length..^tail.Length], "D", out var id) ? id : Guid.Empty
            : null;
    }

    private async Task WalkAsync(EventsTableCheck table, CancellationToken ct)
    {
        try
        {
            await using var lines = new LineReader(archive.OpenRead(BundleLayout.Headers), MaxHeader);
            while (await lines.ReadAsync(ct) is { } leaf)
            {
                Events++;
                EventHeader header;
                try
                {
                    header = EventHeader.Parse(leaf);
                }
                catch (FormatException e)
                {
                    findings.Add(new(FindingCode.BadHeader, BundleLayout.Headers, CaseSeq: Events, Detail: $"line {Events}: {e.Message}"));
                    table.Skip();
                    expectedSeq++;
                    continue;
                }

                await CheckEventAsync(header, leaf, table, ct);
            }

            if (!lines.EndedInNewline)
            {
                findings.Add(new(FindingCode.BadHeader, BundleLayout.Headers, Detail: "the last line is cut off"));
            }
        }
        catch (Exception e) when (BundleArchive.IsDamage(e))
        {
            findings.Add(new(FindingCode.UnreadableEntry, BundleLayout.Headers, Detail: e.Message));
        }
    }

    private async Task CheckEventAsync(EventHeader header, byte[] leaf, EventsTableCheck table, CancellationToken ct)
    {
        CheckPlace(header);
        var index = await CheckProofAsync(header, leaf, ct);
        if (index is { } known)
        {
            if (known <= lastIndex)
            {
                findings.Add(About(FindingCode.OrderOfLeaves, BundleLayout.Headers, header, $"leaf {known} after leaf {lastIndex}"));
            }

            lastIndex = known;
        }

        lastIndexKnown = index is not null;
        var json = await CheckBodyAsync(header, ct);
        using var body = json is null ? null : JsonDocument.Parse(json);
        var changed = body is not null && bodyChanged;
        var omission = body is null && omissions.TryGetValue(header.Id, out var why) ? why.Reason : (BodyOmission?)null;
        erasureInTrail |= header.Type == "subject.erased";
        table.Check(HeaderView.Read(leaf), index, omission, json, json is not null || omission is not null);
        CheckBlindness(header, blindness.Add(header, index ?? -1, body?.RootElement, changed));
    }

    private void CheckBlindness(EventHeader header, BlindStep step)
    {
        if (step.Reveal is { } reveal)
        {
            reveals.Add(reveal);
        }

        proofs.AddRange(step.Proofs);
        foreach (var proof in step.Proofs.Where(p => p.IsBreach))
        {
            findings.Add(BlindReplay.Breach(header, proof));
        }
    }

    /// <summary>One log, one case, no gap, no event twice.</summary>
    private void CheckPlace(EventHeader header)
    {
        if (header.Log != origin)
        {
            findings.Add(About(FindingCode.OtherLog, BundleLayout.Headers, header, header.Log));
        }

        Case ??= header.Case;
        if (header.Case is null || header.Case != Case)
        {
            findings.Add(About(FindingCode.OtherCase, BundleLayout.Headers, header, header.Case?.ToString("D") ?? "no case"));
        }

        if (!seen.TryAdd(header.Id, header.CaseSeq ?? 0))
        {
            findings.Add(About(FindingCode.DuplicateEvent, BundleLayout.Headers, header, null));
        }

        if (header.CaseSeq != expectedSeq)
        {
            findings.Add(About(FindingCode.CaseSeqGap, BundleLayout.Headers, header, $"expected number {expectedSeq}"));
        }

        expectedSeq = (header.CaseSeq ?? expectedSeq) + 1;

        First ??= header.At;
        Last = header.At;
    }

    private async Task<long?> CheckProofAsync(EventHeader header, byte[] leaf, CancellationToken ct)
    {
        var name = BundleLayout.Proof(header.Id);
        if (!archive.Contains(name))
        {
            findings.Add(About(FindingCode.MissingProof, name, header, null));
            return null;
        }

        if (await BundleVerifier.ReadTextAsync(archive, findings, About(default, name, header, null), ct) is not { } text)
        {
            return null;
        }

        TlogProof proof;
        try
        {
            proof = TlogProof.Parse(text);
        }
        catch (FormatException e)
        {
            findings.Add(About(FindingCode.BadProof, name, header, e.Message));
            return null;
        }

        if (checkpointNote is not null && proof.Checkpoint != checkpointNote)
        {
            findings.Add(About(FindingCode.ProofMismatch, name, header, "it leads to another checkpoint"));
            return null;
        }

        if (checkpoint is null)
        {
            return proof.Index; // there is no trusted root to hold it against; already reported
        }

        if (!MerkleTree.VerifyInclusion(MerkleTree.LeafHash(leaf), proof.Index, checkpoint.Size, proof.Hashes, checkpoint.Root))
        {
            findings.Add(About(FindingCode.ProofMismatch, name, header, "header and proof do not lead to the signed root"));
            return null;
        }

        return proof.Index;
    }

    /// <returns>The body in canonical form; null when there is none that can be read.</returns>
    private async Task<byte[]?> CheckBodyAsync(EventHeader header, CancellationToken ct)
    {
        var name = BundleLayout.Body(header.Id);
        bodyChanged = false;
        if (!archive.Contains(name))
        {
            NoteOmission(header, name);
            return null;
        }

        if (omissions.ContainsKey(header.Id))
        {
            findings.Add(About(FindingCode.BadOmission, BundleLayout.Omitted, header, "the body is there"));
        }

        if (facts.ComplaintOfBody(header.At) is { } complaint)
        {
            findings.Add(About(FindingCode.BadOmission, name, header, complaint));
        }

        try
        {
            var bytes = await archive.ReadAsync(name, ct);
            using var file = JsonDocument.Parse(bytes);
            if (file.RootElement.ValueKind != JsonValueKind.Object
                || file.RootElement.GetPropertyCount() != 2
                || !file.RootElement.TryGetProperty("body", out var body)
                || !file.RootElement.TryGetProperty("salt", out var salt)
                || salt.ValueKind != JsonValueKind.String
                || !salt.TryGetBytesFromBase64(out var saltBytes)
                || saltBytes.Length != Commitment.SaltSize)
            {
                findings.Add(About(FindingCode.BadBody, name, header, "expected a body and a salt of 32 bytes"));
                return null;
            }

            var canonical = Jcs.Canonicalize(body);
            if (!bytes.AsSpan().SequenceEqual(BundleLayout.BodyFile(canonical, saltBytes)))
            {
                findings.Add(About(FindingCode.BadBody, name, header, "it is not in canonical form"));
                bodyChanged = true;
            }
            else if (!Commitment.Matches(header.Commit, saltBytes, canonical))
            {
                bodyChanged = true;
                findings.Add(About(FindingCode.CommitmentMismatch, name, header, null));
            }

            return canonical;
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            findings.Add(About(FindingCode.BadBody, name, header, e.Message));
        }
        catch (Exception e) when (BundleArchive.IsDamage(e))
        {
            findings.Add(About(FindingCode.UnreadableEntry, name, header, e.Message));
        }

        return null;
    }

    private void NoteOmission(EventHeader header, string name)
    {
        if (!omissions.TryGetValue(header.Id, out var line))
        {
            findings.Add(About(FindingCode.MissingBody, name, header, null));
            return;
        }

        if (facts.Complaint(line, header.At) is { } complaint)
        {
            findings.Add(About(FindingCode.BadOmission, BundleLayout.Omitted, header, complaint));
        }

        var item = new OmittedBody(header.Id, header.CaseSeq ?? 0, header.Type, line.Reason);
        omitted.Add(item);
        if (line.Reason == BodyOmission.Erased)
        {
            erased.Add(item);
        }
    }

    /// <summary>The end of the case, and what can be judged only there.</summary>
    private void CheckEnd()
    {
        if (Events == 0)
        {
            findings.Add(new(FindingCode.NoEvents, BundleLayout.Headers));
            return;
        }

        if (checkpoint is not null && lastIndexKnown && lastIndex != checkpoint.Size - 1)
        {
            findings.Add(new(
                FindingCode.EndNotProved, BundleLayout.Headers, CaseSeq: Events, Detail: $"last leaf {lastIndex}, tree of {checkpoint.Size} leaves"));
        }

        foreach (var item in erased.Where(_ => !erasureInTrail))
        {
            findings.Add(new(FindingCode.ErasureNotInTrail, BundleLayout.Omitted, item.Event, item.CaseSeq));
        }
    }

    private async Task ReadOmissionsAsync(CancellationToken ct)
    {
        if (await BundleVerifier.ReadTextAsync(archive, findings, new Finding(default, BundleLayout.Omitted), ct) is not { } text)
        {
            return;
        }

        var lines = text.Split('\n');
        foreach (var line in lines[..^1])
        {
            if (!OmissionLine.TryParse(line, out var omission) || !omissions.TryAdd(omission.Id, omission))
            {
                findings.Add(new(FindingCode.BadOmission, BundleLayout.Omitted, Detail: line));
            }
        }

        if (lines[^1].Length > 0)
        {
            findings.Add(new(FindingCode.BadOmission, BundleLayout.Omitted, Detail: "the last line is cut off"));
        }
    }

    private static Finding About(FindingCode code, string file, EventHeader header, string? detail) =>
        new(code, file, header.Id, header.CaseSeq, detail);
}
