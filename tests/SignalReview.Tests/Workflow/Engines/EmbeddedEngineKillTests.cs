using SignalReview.Cases;
using SignalReview.Storage;

namespace SignalReview.Tests.Workflow.Engines;

[TestFixture]
internal sealed class EmbeddedEngineKillTests : EngineKillContract
{
    protected override string Engine => "embedded";

    protected override async Task CheckEngineAsync(DbSession db, CaseId closed, CancellationToken ct) =>
        Assert.That(await db.FirstOrDefaultAsync<string>("kill/instance", new { CaseId = closed }, ct), Is.Null, "a flow that has ended leaves nothing");
}
