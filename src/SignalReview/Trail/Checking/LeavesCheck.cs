namespace SignalReview.Trail.Checking;

/// <summary>Every leaf, and the tree that stands on them.</summary>
internal sealed class LeavesCheck(CheckRun run)
{
    public async Task RunAsync(CancellationToken ct)
    {
        var take = CheckRun.Page;
        for (var after = -1L; ;)
        {
            IReadOnlyList<LeafRow> rows;
            try
            {
                rows = await run.Db.QueryAsync<LeafRow>("trail/check_events", new { After = after, Take = take }, ct);
            }
            catch (Exception e) when (CheckRun.IsUnreadable(e))
            {
                if (take == 1)
                {
                    run.Add(new(TrailFault.Column, "trail_events", $"leaf {++after}", Detail: e.Message));
                    run.TreeBroken = true;
                }

                take = 1; // one by one, to find out which row it is
                continue;
            }

            foreach (var row in rows)
            {
                if (row.LeafIndex != run.Frontier.Size && !run.TreeBroken)
                {
                    run.TreeBroken = true;
                    run.Add(new(TrailFault.LeafMissing, "trail_events", $"leaf {run.Frontier.Size}", row.EventId, $"leaf {row.LeafIndex} came next"));
                }

                await CheckAsync(row, ct);
            }

            if (rows.Count < take)
            {
                return;
            }

            after = rows[^1].LeafIndex;
        }
    }

    private async Task CheckAsync(LeafRow row, CancellationToken ct)
    {
        var complaints = LeafCheck.Complaints(row, out var hash, out var header);
        foreach (var complaint in complaints)
        {
            run.Add(new(complaint.Fault, "trail_events", $"leaf {row.LeafIndex}", header?.Id ?? row.EventId, complaint.Detail, complaint.Column, row.CaseId.Value));
        }

        foreach (var node in run.Frontier.Append(hash).Where(DatabaseTree.Stores))
        {
            var stored = run.TreeBroken ? null : await run.Db.FirstOrDefaultAsync<byte[]>("trail/subtree", new { node.Level, NodeIndex = node.Index }, ct);
            if (!run.TreeBroken && (stored is null || !stored.AsSpan().SequenceEqual(node.Hash)))
            {
                run.Add(new(TrailFault.Node, "trail_subtrees", $"level {node.Level}, node {node.Index}", Detail: stored is null ? "it is missing" : null));
            }
        }
    }
}
