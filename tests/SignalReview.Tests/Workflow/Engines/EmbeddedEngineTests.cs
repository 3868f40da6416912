using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace SignalReview.Tests.Workflow.Engines;

[TestFixture]
internal sealed class EmbeddedEngineTests : WorkflowEngineContract
{
    protected override void AddEngine(IServiceCollection services, IConfiguration configuration)
    {
        // The product's own.
    }
}
