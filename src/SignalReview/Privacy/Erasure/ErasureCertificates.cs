using System.Text;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Storage;
using SignalReview.Trail;

namespace SignalReview.Privacy.Erasure;

/// <param name="Certificate">Null when refused.</param>
/// <param name="Refusal">Null when there is one.</param>
internal sealed record CertificateResult(ErasureCertificate? Certificate, Refusal? Refusal);

/// <summary>
/// Gives out the certificate of an erasure that was done to the end. That it was given out is in the trail first, and is covered by the
/// checkpoint that the certificate holds.
/// </summary>
internal sealed class ErasureCertificates(
    IDatabase database,
    KeyRing keys,
    CheckpointSigner signer,
    ExportDesk desk,
    TrailOrganisation organisation,
    PeopleDirectory directory,
    TimeProvider time)
{
    /// <param name="actor">A privacy officer, or who may be the second person.</param>
    /// <param name="erasure">Which.</param>
    /// <param name="format">"html" or "json", for the trail.</param>
    /// <param name="ct">The caller's token.</param>
    /// <exception cref="ReadNotLoggedException">It could not be written down, so nothing is given.</exception>
    /// <exception cref="TrailRewrittenException">The database no longer holds the tree that was signed before: an alarm.</exception>
    public async Task<CertificateResult> IssueAsync(Actor actor, Guid erasure, string format, CancellationToken ct)
    {
        var logged = await BusyRetry.RunAsync(database, time, token => LogAsync(actor, erasure, format, token), ct);
        if (logged.Refusal is { } refusal)
        {
            return new(null, refusal);
        }

        var note = await desk.SignAsync(logged.Size, ct);
        var people = await directory.GetAsync(ct);
        await using var db = await database.OpenReadAsync(ct);
        var hashes = await MerkleTree.InclusionProofAsync(new DatabaseTree(db), logged.Event!.LeafIndex, logged.Size, ct);
        var facts = Facts(logged, actor, people);
        return new(
            new(
                facts,
                new TlogProof(facts.LeafIndex, hashes, note).ToString(),
                await signer.SignTextAsync(ErasureCertificate.TextOf(facts), ct),
                signer.VerifierKey.ToString()),
            null);
    }

    private CertificateFacts Facts(Logged logged, Actor actor, PeopleSnapshot people)
    {
        var row = logged.Row!;
        return new(
            organisation.Name,
            signer.Origin,
            row.ErasureId,
            row.CaseId.Value,
            row.Ground,
            row.AskedBy,
            row.RuleId,
            [.. ErasureRules.Parse(row.Interests).Select(i => new InterestCheck(i.Interest, i.Outcome))],
            Person(row.RequestedById),
            row.RequestedAt,
            Person(row.CheckedById),
            row.CheckedAt,
            Person(row.SettledById),
            row.SettledAt,
            row.ErasedAt!.Value,
            row.ReappliedAt,
            row.DestroyedAt!.Value,
            logged.Body!.Bodies,
            logged.Body.Drafts,
            logged.Body.Attachments,
            ErasureCertificate.Remaining,
            logged.Event!.LeafIndex,
            Encoding.UTF8.GetString(logged.Event.Leaf),
            logged.At,
            Person(actor.Person)!);

        CertificatePerson? Person(PersonId? id) =>
            id is { } person && person != PersonId.System && people.Ref(person) is var found ? new(person.Value, found.Name, found.JobTitle) : null;
    }

    private async Task<Logged> LogAsync(Actor actor, Guid erasure, string format, CancellationToken ct)
    {
        var now = time.GetUtcNow().Truncate();
        await using var db = await database.BeginAsync(ct);
        var row = await db.FirstOrDefaultAsync<ErasureRow>("privacy/erasure", new { ErasureId = erasure }, ct);
        if (Judge(actor, row) is { } refusal)
        {
            await ReadLog.RefusedAsync(db, keys, actor, row?.CaseId ?? CaseId.Organisation, "CertifyErasure", refusal, now, ct);
            return new(refusal, now);
        }

        try
        {
            using var dossier = await Dossier.OpenAsync(db, keys, row!.CaseId, ct) ?? throw new InvalidOperationException($"Case {row.CaseId} has no dossier.");
            var body = await TrailBodies.ReadAsync<SubjectErasedBody>(db, dossier, row.ErasedEvent!.Value, ct)
                ?? throw new InvalidOperationException($"The event of erasure {erasure} has no body.");
            var role = actor.Is(Role.PrivacyOfficer) ? CaseRole.PrivacyOfficer : CaseRole.Coordinator;
            var certified = new PendingEvent(
                Guid.CreateVersion7(now), "erasure.certified", actor.Person, Enums.Text(role), TrailJson.Canonical(new ErasureCertifiedBody(erasure, format, actor.Client)));
            await TrailLog.AppendAsync(db, dossier, [certified], cause: null, policy: null, now, ct);
            var erased = await db.FirstOrDefaultAsync<LeafRow>("privacy/leaf", new { row.CaseId, EventId = row.ErasedEvent }, ct);
            var size = await db.ScalarAsync<long>("trail/head_size", new { Log = TrailLog.Name }, ct);
            await db.CommitAsync(ct);
            return new(null, now, size, row, erased, body);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new ReadNotLoggedException(e);
        }
    }

    private static Refusal? Judge(Actor actor, ErasureRow? row)
    {
        if (!PrivacyReads.MayRead(actor))
        {
            return Refusal.NotYours;
        }

        return row is null ? new Refusal("erasure-not-found", RefusalKind.NotFound)
            : row is { State: ErasureState.Erased, DestroyedAt: not null } ? null
            : Refusal.Conflict("erasure-not-finished");
    }

    private sealed record Logged(
        Refusal? Refusal, DateTimeOffset At, long Size = 0, ErasureRow? Row = null, LeafRow? Event = null, SubjectErasedBody? Body = null);

    private sealed record LeafRow
    {
        public long LeafIndex { get; init; }
        public byte[] Leaf { get; init; } = [];
    }
}
