using System.Diagnostics;
using SignalReview.Cases;
using SignalReview.Storage;

namespace SignalReview.Tests.Workflow.Engines;

/// <summary>
/// A process that works cases is killed two hundred times, at random moments and at chosen ones around the commit, and each time another goes on
/// where it died. Whatever was acknowledged is there, nothing happened twice, and in the end no case is stuck. Inherited for each engine
/// that <c>SignalReview.KillWorker</c> knows.
/// </summary>
internal abstract class EngineKillContract
{
    private const int Kills = 200;

    /// <summary>Fewer prove too little to pass; a machine that is too slow for that within the time should say so.</summary>
    private const int FewestKills = 25;

    private static readonly TimeSpan LongestFinish = TimeSpan.FromSeconds(60);

    protected virtual TimeSpan LongestKilling => TimeSpan.FromMinutes(4);

    /// <summary>As <c>--engine</c> of the worker has it.</summary>
    protected abstract string Engine { get; }

    [Test]
    [CancelAfter(1_800_000)]
    public async Task A_process_that_is_killed_anywhere_loses_nothing_doubles_nothing_and_leaves_no_case_stuck(CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        // Two at once, each on a database of its own: one a processor.
        var lanes = await Task.WhenAll(Enumerable.Range(0, 2).Select(lane => Task.Run(
            async () =>
            {
                var killed = new KillLane(Engine, seed: lane);
                for (var life = 0; life < Kills / 2 && clock.Elapsed < LongestKilling; life++)
                {
                    await killed.LiveAndDieAsync(ct);
                }

                return killed;
            },
            ct)));
        try
        {
            Assert.That(lanes.Sum(l => l.Deaths), Is.GreaterThanOrEqualTo(FewestKills), "the machine was too busy to kill often enough");
            await Task.WhenAll(lanes.Select(lane => lane.FinishAsync(LongestFinish, ct)));
            foreach (var lane in lanes)
            {
                await lane.CheckAsync(CheckEngineAsync, ct);
            }

            Assert.That(lanes.Sum(l => l.Fired), Is.Positive, "deadlines came due among the commands");
            await TestContext.Out.WriteLineAsync(
                $"{lanes.Sum(l => l.Deaths)} kills in {clock.Elapsed.TotalSeconds:F0} s; {lanes.Sum(l => l.Acknowledged)} commands acknowledged, "
                + $"{lanes.Sum(l => l.Repeated)} repeated without an answer, {lanes.Sum(l => l.Fired)} deadlines fired, {lanes.Sum(l => l.Cases)} cases closed.");
        }
        finally
        {
            foreach (var lane in lanes)
            {
                lane.Dispose();
            }
        }
    }

    /// <summary>What the engine itself keeps of a case that is over.</summary>
    protected abstract Task CheckEngineAsync(DbSession db, CaseId closed, CancellationToken ct);
}
