using System.Diagnostics;
using System.Globalization;
using SignalReview.Cases;
using SignalReview.Privacy.Erasure;
using SignalReview.Storage;
using SignalReview.Tests.Workflow.Engines;
using SignalReview.Trail;

namespace SignalReview.Tests.Privacy;

/// <summary>A process that erases is killed at any moment; the next one starts on what it left.</summary>
internal sealed class ErasureKillTests
{
    private const int Cases = 16;
    private const int MostLives = 80;

    /// <summary>So many cases a life, so that there are lives enough, however fast or slow the machine is.</summary>
    private const int InALife = 2;

    [Test]
    [CancelAfter(600_000)]
    public async Task Whenever_it_is_killed_each_case_is_erased_to_the_end_or_not_at_all(CancellationToken ct)
    {
        await using var world = await CaseWorld.StartAsync();
        var erasures = new List<(CaseId Case, Guid Erasure)>();
        for (var i = 0; i < Cases; i++)
        {
            await world.ClosedAsync();
            erasures.Add((world.Case, await world.ApprovedAsync()));
        }

        var whole = new Dictionary<CaseId, int>();
        foreach (var (id, _) in erasures)
        {
            whole[id] = (await world.On(id).TrailAsync()).Count;
        }

        var dice = new Random(18);
        var acknowledged = new HashSet<Guid>();
        var (deaths, halves) = (0, 0);
        for (var life = 0; acknowledged.Count < Cases && life < MostLives; life++)
        {
            var todo = erasures.Where(e => !acknowledged.Contains(e.Case.Value)).Take(InALife).ToList();
            // Just after a commit, before what follows it; every third time whenever.
            var afterCommit = life % 3 < 2 ? dice.Next(1, 3) : (int?)null;
            deaths += await LiveAsync(world, todo, afterCommit, dice, acknowledged, ct) ? 1 : 0;
            halves += await LookAsync(world, erasures, whole, acknowledged);
        }

        await using var last = await world.AnotherAsync();
        foreach (var (id, erasure) in erasures)
        {
            var row = await last.ErasureAsync(erasure);
            Assert.That((row.State, row.DestroyedAt is not null), Is.EqualTo((ErasureState.Erased, true)), id.ToString());
        }

        Assert.That(await last.Get<ErasureList>().ReadAsync(ct), Has.Count.EqualTo(Cases));
        Assert.That(deaths, Is.GreaterThan(5), "it was killed often enough to tell");
        await TestContext.Out.WriteLineAsync($"{deaths} deaths; {halves} erasures were committed and not yet done to the end when their process died");
    }

    /// <returns>Whether it was killed.</returns>
    private static async Task<bool> LiveAsync(
        CaseWorld world, IReadOnlyList<(CaseId Case, Guid Erasure)> todo, int? afterCommit, Random dice, HashSet<Guid> acknowledged, CancellationToken ct)
    {
        string[] die = afterCommit is { } commit ? ["--die", $"commit:{commit}"] : [];
        using var process = KillProcess.Start(
            [
                "--data", world.Folder, "--engine", "embedded", "--now", world.Now.ToString("O", CultureInfo.InvariantCulture), "--seed", "1",
                "--erase", string.Join(',', todo.Select(e => $"{e.Case}:{e.Erasure}")), .. die,
            ]);
        var errors = process.StandardError.ReadToEndAsync(ct);
        while (await process.StandardOutput.ReadLineAsync(ct) is { } line)
        {
            if (line == "ready" && die.Length == 0)
            {
                _ = KillAsync(process, TimeSpan.FromMilliseconds(dice.Next(120)));
            }
            else if (line.Split(' ') is ["ack", var id])
            {
                acknowledged.Add(Guid.Parse(id));
            }
            else if (line.Split(' ') is ["no", var known, "case-erased"])
            {
                acknowledged.Add(Guid.Parse(known)); // by a life that died before it could say so
            }
        }

        await process.WaitForExitAsync(ct);
        Assert.That(await errors, Is.Empty);
        return process.ExitCode != 0;
    }

    /// <summary>In the database a case is whole, or nothing of it is left.</summary>
    /// <returns>How many are erased and not yet done to the end.</returns>
    private static async Task<int> LookAsync(
        CaseWorld world, IReadOnlyList<(CaseId Case, Guid Erasure)> erasures, Dictionary<CaseId, int> whole, HashSet<Guid> acknowledged)
    {
        var halves = 0;
        await using var db = await world.Database.OpenReadAsync(CancellationToken.None);
        foreach (var (id, erasure) in erasures)
        {
            var row = await world.ErasureAsync(erasure);
            var old = (await world.On(id).TrailAsync()).Take(whole[id]).ToList();
            var left = 0;
            foreach (var item in old)
            {
                left += await db.FirstOrDefaultAsync<byte[]>("trail/body", new { item.EventId, CaseId = id }, CancellationToken.None) is null ? 0 : 1;
            }

            var erased = row.State == ErasureState.Erased;
            Assert.That(((await world.FileAsync()).IsErased, left), Is.EqualTo((erased, erased ? 0 : whole[id])), "all or nothing");
            Assert.That(erased || !acknowledged.Contains(id.Value), "what was acknowledged was done");
            halves += erased && row.DestroyedAt is null ? 1 : 0;
            if (!erased)
            {
                using var dossier = await Dossier.OpenAsync(db, world.Get<KeyRing>(), id, CancellationToken.None);
                Assert.That(dossier, Is.Not.Null, "what was not erased can be read");
            }
        }

        return halves;
    }

    private static async Task KillAsync(Process process, TimeSpan after)
    {
        await Task.Delay(after);
        process.Kill();
    }
}
