using SignalReview.Cases;
using SignalReview.Storage;
using SignalReview.Workflow.Outside;

namespace SignalReview.Tests.Workflow.Engines;

[TestFixture]
internal sealed class ElsaEngineKillTests : EngineKillContract
{
    protected override string Engine => "elsa";

    /// <summary>Elsa takes seconds to start.</summary>
    protected override TimeSpan LongestKilling => TimeSpan.FromMinutes(20);

#if !ELSA
    [OneTimeSetUp]
    public void SayWhyNot() => Assert.Ignore("Built without Elsa: no package source of this machine carries it, or WithElsa=false.");
#endif

    protected override async Task CheckEngineAsync(DbSession db, CaseId closed, CancellationToken ct)
    {
        var run = await FlowLedger.LastRunAsync(db, closed, ct);
        Assert.That((run?.State, run?.Changes == run?.Applied), Is.EqualTo(((FlowRunState?)FlowRunState.Finished, true)), "Elsa has heard of its end");
    }
}
