using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace SignalReview.Tests.Privacy;

/// <summary>With the product's own engine, which has no storage but the database.</summary>
[TestFixture]
internal sealed class ErasedWithoutTraceTests : ErasedWithoutTraceContract
{
    protected override void AddEngine(IServiceCollection services, IConfiguration configuration)
    {
    }
}
