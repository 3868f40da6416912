using SignalReview.Cases;

namespace SignalReview.Rooms.Anonymous;

/// <summary>
/// The urn of a detached round. The trail and the ballots' rows tell who voted and when; the urn holds what was voted, without either; nothing
/// stands in both.
/// </summary>
internal static class Urns
{
    /// <summary>Puts a ballot in. The event tells that this person voted, and no more.</summary>
    /// <returns>The event's id; null when the urn cannot be opened: <see cref="UrnKeys.Find"/>.</returns>
    public static async Task<Guid?> CastAsync(Work work, Ballot ballot, CancellationToken ct)
    {
        var urn = await FindAsync(work, ballot.Round, ct);
        if (Open(work, ballot.Round, urn) is not { } ballots)
        {
            return null;
        }

        work.Urns.EndOthers(work.Case, ballot.Round, urn?.KeyId);
        var keyId = Guid.CreateVersion7(work.Now);
        using var key = work.Urns.Create(work.Case, ballot.Round, keyId);
        var inner = work.Dossier.Key.Encrypt(UrnContent.Pack([.. ballots, ballot]), Aad(work.Case, ballot.Round));
        var args = new { CaseId = work.Case, ballot.Round, KeyId = keyId, Content = key.Encrypt(inner, Aad(work.Case, ballot.Round)), Before = urn?.KeyId };
        if (await work.ExecuteAsync(urn is null ? "anonymity/insert_urn" : "anonymity/refill_urn", args, ct) == 0)
        {
            throw new InvalidOperationException($"The urn of round {ballot.Round} of case {work.Case} changed inside a transaction that had claimed the case.");
        }

        if (urn?.KeyId is { } old)
        {
            work.AfterCommit(() => work.Urns.End(work.Case, ballot.Round, old));
        }

        return work.Append("urn.cast", RoomRules.TakesPartAs(work.File, work.Me), new UrnCastBody(ballot.Round));
    }

    /// <summary>
    /// Seals the urn, just before the votes are revealed and in the same transaction: its ballots become the body of one event, which commits to them all
    /// and names nobody.
    /// </summary>
    /// <returns>The event's id; null when the urn cannot be opened.</returns>
    public static async Task<Guid?> SealAsync(Work work, int round, CancellationToken ct)
    {
        var urn = await FindAsync(work, round, ct);
        if (urn is null || Open(work, round, urn) is not { } ballots)
        {
            return null;
        }

        var sorted = UrnContent.Sorted(ballots);
        var eventId = work.AppendAsSystem("urn.sealed", new UrnSealedBody(round, sorted));
        await work.ExecuteAsync("anonymity/empty_urn", new { CaseId = work.Case, Round = round, SealedEvent = eventId, Before = urn.KeyId }, ct);
        foreach (var (place, ballot) in sorted.Index())
        {
            var row = new { CaseId = work.Case, Round = round, Place = place, Choice = ballot.Option, Answer = ballot.Answer().Text, ballot.Concern, ballot.Confidence };
            await work.ExecuteAsync("anonymity/insert_urn_ballot", row, ct);
        }

        EndAfterCommit(work, round, urn);
        return eventId;
    }

    /// <summary>The case ended before the reveal: what is in the urn is never shown to anybody.</summary>
    public static async Task DestroyAsync(Work work, CancellationToken ct)
    {
        foreach (var open in work.File.Urns.Where(u => u.SealedEvent is null))
        {
            var urn = await FindAsync(work, open.Round, ct);
            if (urn?.KeyId is { } before)
            {
                await work.ExecuteAsync("anonymity/empty_urn", new { CaseId = work.Case, open.Round, SealedEvent = (Guid?)null, Before = before }, ct);
                EndAfterCommit(work, open.Round, urn);
            }
        }
    }

    /// <summary>The urn that a round is revealed from can be opened.</summary>
    public static async Task<bool> CanOpenAsync(Work work, int round, CancellationToken ct) =>
        !work.File.IsDetached(round) || Open(work, round, await FindAsync(work, round, ct)) is not null;

    private static void EndAfterCommit(Work work, int round, UrnContentRow urn)
    {
        work.AfterCommit(() => work.Urns.End(work.Case, round, urn.KeyId!.Value));
        work.LeavesNoTrace = true;
    }

    private static Task<UrnContentRow?> FindAsync(Work work, int round, CancellationToken ct) =>
        work.Db.FirstOrDefaultAsync<UrnContentRow>("anonymity/urn", new { CaseId = work.Case, Round = round }, ct);

    /// <returns>Null when its key is gone.</returns>
    private static IReadOnlyList<Ballot>? Open(Work work, int round, UrnContentRow? urn)
    {
        if (urn is null)
        {
            return [];
        }

        using var key = urn.KeyId is { } id ? work.Urns.Find(work.Case, round, id) : null;
        return key is null
            ? null
            : UrnContent.Unpack(work.Dossier.Key.Decrypt(key.Decrypt(urn.Content, Aad(work.Case, round)), Aad(work.Case, round)));
    }

    /// <summary>Binds the content to its urn.</summary>
    private static Guid Aad(CaseId caseId, int round)
    {
        Span<byte> bytes = stackalloc byte[16];
        caseId.Value.TryWriteBytes(bytes);
        bytes[14] ^= (byte)(round >> 8);
        bytes[15] ^= (byte)round;
        return new(bytes);
    }

    private sealed record UrnContentRow
    {
        public Guid? KeyId { get; init; }
        public byte[] Content { get; init; } = [];
    }
}

/// <summary>The body of <c>urn.cast</c>: nothing that another voter's has not too.</summary>
internal sealed record UrnCastBody(int Round);

/// <summary>The body of <c>urn.sealed</c>.</summary>
internal sealed record UrnSealedBody(int Round, IReadOnlyList<Ballot> Ballots);
