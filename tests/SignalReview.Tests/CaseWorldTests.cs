using SignalReview.Cases;
using SignalReview.Decisions;

namespace SignalReview.Tests;

[TestFixture]
internal sealed class CaseWorldTests
{
    [Test]
    public async Task A_case_walks_the_full_way_to_its_end()
    {
        await using var world = await CaseWorld.StartAsync();
        await world.ClosedAsync();
        var file = await world.FileAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(file.Phase, Is.EqualTo(CasePhase.Closed));
            Assert.That(file.Case.ClosedAt, Is.EqualTo(world.Now));
            Assert.That(file.OpenSteps, Is.Empty);
            Assert.That(file.CurrentDecision!.State, Is.EqualTo(DecisionState.Approved));
            Assert.That((await world.TrailAsync()).Select(e => e.CaseSeq), Is.EqualTo(Enumerable.Range(1, (await world.TrailAsync()).Count)));
        }
    }
}
