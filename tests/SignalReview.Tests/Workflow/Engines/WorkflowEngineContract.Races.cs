using System.Diagnostics;
using SignalReview.Workflow;

namespace SignalReview.Tests.Workflow.Engines;

internal abstract partial class WorkflowEngineContract
{
    private const int Races = 200;

    private static readonly TimeSpan HeadStart = TimeSpan.FromMicroseconds(100);

    /// <summary>A step that comes back to itself, as often as it is completed.</summary>
    private static TestDefinition Loop() => TestDefinition.Empty()
        .Add("Card", "SignalReview.CallCard")
        .Add("Again", "SignalReview.Weigh", ("round", TestDefinition.Literal("Int32", 1)), ("maxRounds", TestDefinition.Literal("Int32", 1)), ("deadlineHours", TestDefinition.Literal("Int32", 8)))
        .Add("End", "Elsa.Finish")
        .Connect("Card", "Done", "Again").Connect("Again", "SecondRound", "Again").Connect("Again", "Deadline", "Again").Connect("Again", "Harvest", "End");

    [Test]
    public async Task Two_hundred_rapid_resumes_of_one_case_are_all_heard_once()
    {
        await using var engine = await StartAsync(Loop());
        await engine.BeginAsync("test");
        await engine.CompleteAsync(new("Card", "Done"));
        var done = 0;
        var asking = Task.Run(async () =>
        {
            while (Volatile.Read(ref done) < Races)
            {
                await engine.World.SettleAsync();
                await Task.Yield();
            }
        });
        while (done < Races)
        {
            // Several at once: of those only one finds the step open.
            var tries = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => engine.TryCompleteAsync(new("Again", "SecondRound")))));
            Volatile.Write(ref done, done + tries.Count(t => t.Refusal is null));
        }

        await asking;
        await engine.World.SettleAsync();
        var completed = (await engine.CompletedAsync()).Count(c => c.Node == "Again");
        Assert.That(completed, Is.EqualTo(done));
        Assert.That((await engine.AskedAsync()).Count(a => a.Node == "Again"), Is.EqualTo(done + 1));
        Assert.That(await engine.OpenAsync(), Is.EqualTo(["Again"]));

        await engine.CompleteAsync(new("Again", "Harvest"));
        Assert.That(await engine.OpenAsync(), Is.Empty);
    }

    [Test]
    [NonParallelizable]
    public async Task Of_a_deadline_and_the_last_vote_exactly_one_wins()
    {
        var fork = TestDefinition.Empty()
            .Add("Card", "SignalReview.CallCard")
            .Add("Vote", "SignalReview.Weigh", ("round", TestDefinition.Literal("Int32", 1)), ("maxRounds", TestDefinition.Literal("Int32", 1)), ("deadlineHours", TestDefinition.Literal("Int32", 8)))
            .AddWait("InTime")
            .AddWait("Late")
            .Add("End", "Elsa.Finish")
            .Connect("Card", "Done", "Vote").Connect("Vote", "Harvest", "End")
            .Connect("Vote", "SecondRound", "InTime").Connect("InTime", "Decided", "Vote")
            .Connect("Vote", "Deadline", "Late").Connect("Late", "Decided", "Vote");
        await using var engine = await StartAsync(fork);
        await engine.BeginAsync("test");
        await engine.CompleteAsync(new("Card", "Done"));
        var late = 0;
        var headStart = TimeSpan.Zero;
        for (var race = 1; race <= Races; race++)
        {
            var due = (await engine.World.FileAsync()).OpenSteps.Single().DueAt!.Value;
            engine.World.Time.Advance(due - engine.World.Now);
            var deadline = Task.Run(() => engine.World.Get<Deadlines>().FireDueAsync(CancellationToken.None));
            var vote = Task.Run(() =>
            {
                Wait(headStart);
                return engine.TryCompleteAsync(new("Vote", "SecondRound"));
            });
            await Task.WhenAll(deadline, vote);
            await engine.World.SettleAsync();
            var won = (await vote).Refusal is null ? "InTime" : "Late";
            late += won == "Late" ? 1 : 0;

            // The clock looks before it fires, so the vote would always be first: whoever lost starts earlier next time, however slow the machine is.
            headStart = won == "InTime" ? (headStart * 1.25) + HeadStart : headStart / 1.25;
            Assert.That(await engine.OpenAsync(), Is.EqualTo([won]), $"race {race}");
            await engine.CompleteAsync(new(won, "Decided"));
        }

        Assert.That((await engine.CompletedAsync()).Count(c => c.Node == "Vote"), Is.EqualTo(Races));
        Assert.That((await engine.AskedAsync()).Count(a => a.Node is "InTime" or "Late"), Is.EqualTo(Races));
        Assert.That(late, Is.InRange(Races / 20, Races * 19 / 20), "a race that one of the two always wins is none");
        TestContext.Out.WriteLine($"The deadline won {late} of {Races} races.");
    }

    /// <summary>Less than the clock of the machine ticks for a sleep.</summary>
    private static void Wait(TimeSpan time)
    {
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < time;)
        {
            Thread.SpinWait(10);
        }
    }
}
