using SignalReview.Storage;

namespace SignalReview.Trail.Checking;

/// <param name="Findings">At most a thousand, in the order in which they were found.</param>
/// <param name="FindingCount">How many there were.</param>
/// <param name="Events">How many leaves were read.</param>
/// <param name="Dossiers">How many dossiers.</param>
/// <param name="Erased">Of these, how many were erased: of what their bodies told, nothing can be held against them any more.</param>
/// <param name="Rows">How many rows of the state were held against events.</param>
/// <param name="Checkpoints">How many checkpoints are kept.</param>
internal sealed record TrailReport(
    IReadOnlyList<TrailFinding> Findings, long FindingCount, long Events, long Dossiers, long Erased, long Rows, long Checkpoints)
{
    public bool IsSound => FindingCount == 0;
}

/// <summary>
/// Holds the whole database against its trail: leaves against hashes and columns, the tree and the head against the leaves, bodies against what was
/// committed to, the state against what the bodies tell, documents against their fingerprints, checkpoints against the tree, and the tree against
/// what the signer remembers. It writes nothing, and its memory does not grow with the log. What it cannot see is a history that was rewritten as a
/// whole by somebody who holds database, keys and the signer's memory; for that there is the checkpoint that lies with somebody else.
/// </summary>
/// <param name="db">What is checked.</param>
/// <param name="keys">Open the dossiers.</param>
/// <param name="signer">Knows the log's keys, and what was signed last.</param>
/// <param name="last">What was signed last before <paramref name="db"/> was opened; null: what is signed now.</param>
internal sealed class TrailCheck(DbSession db, KeyRing keys, CheckpointSigner signer, SignedCheckpoint? last = null)
{
    public async Task<TrailReport> RunAsync(CancellationToken ct)
    {
        var run = new CheckRun(db, keys, signer);
        var (dossiers, checkpoints) = (new DossiersCheck(run), new CheckpointsCheck(run, last));
        await new LeavesCheck(run).RunAsync(ct);
        await new HeadCheck(run).RunAsync(ct);
        await dossiers.RunAsync(ct);
        await new DocumentsCheck(run, MigrationScript.Embedded(db.Dialect)).RunAsync(ct);
        await checkpoints.RunAsync(ct);
        return new(run.Findings, run.FindingCount, run.Frontier.Size, dossiers.Count, dossiers.Erased, dossiers.Rows, checkpoints.Count);
    }
}
