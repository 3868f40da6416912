using System.Numerics;

namespace SignalReview.Trail.Checking;

/// <summary>The one-row head, and rows of the trail that belong to nothing.</summary>
internal sealed class HeadCheck(CheckRun run)
{
    private const int Levels = 64;

    public async Task RunAsync(CancellationToken ct)
    {
        await CheckHeadAsync(ct);
        foreach (var body in await run.RowsAsync<Guid>("trail/check_stray_bodies", null, TrailFault.Body, "trail_bodies", ct))
        {
            run.Add(new(TrailFault.Body, "trail_bodies", $"event {body:D}", body, "there is no such event"));
        }

        await CheckNodesAsync(ct);
    }

    private async Task CheckHeadAsync(CancellationToken ct)
    {
        var size = run.Frontier.Size;
        var heads = await run.RowsAsync<HeadRow>("trail/check_heads", null, TrailFault.Head, "trail_head", ct);
        if (heads.Count != 1 || heads[0].Log != TrailLog.Name)
        {
            run.Add(new(TrailFault.Head, "trail_head", string.Join(", ", heads.Select(h => h.Log)), Detail: $"expected one row, {TrailLog.Name}"));
        }

        foreach (var head in heads)
        {
            if (head.Size > size && !run.TreeBroken)
            {
                // After the last leaf that is there no other shows that one is gone.
                run.Add(new(TrailFault.LeafMissing, "trail_events", $"leaf {size}", Detail: $"the head counts {head.Size} leaves"));
            }

            if (head.Size != size)
            {
                run.Add(new(TrailFault.Head, "trail_head", head.Log, Detail: $"size {head.Size}, but there are {size} leaves", Column: "size"));
            }
            else if (!run.TreeBroken && !head.Frontier.AsSpan().SequenceEqual(run.Frontier.ToBytes()))
            {
                run.Add(new(TrailFault.Head, "trail_head", head.Log, Detail: "its frontier is not that of the leaves", Column: "frontier"));
            }
        }
    }

    private async Task CheckNodesAsync(CancellationToken ct)
    {
        var size = run.Frontier.Size;
        for (var level = 0; level <= Levels; level++)
        {
            var complete = level < DatabaseTree.LowestStored || level > BitOperations.Log2((ulong)Math.Max(size, 1)) ? 0 : size >> level;
            foreach (var index in await run.Db.QueryAsync<long>("trail/check_stray_subtrees", new { Level = level, Complete = complete, Last = level == Levels ? 1 : 0 }, ct))
            {
                run.Add(new(TrailFault.Node, "trail_subtrees", $"level {level}, node {index}", Detail: "the tree has no such node"));
            }
        }
    }

    private sealed record HeadRow
    {
        public string Log { get; init; } = "";
        public long Size { get; init; }
        public byte[] Frontier { get; init; } = [];
    }
}
