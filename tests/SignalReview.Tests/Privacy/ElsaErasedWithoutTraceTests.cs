using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
#if ELSA
using System.Text;
using SignalReview.Elsa;
using SignalReview.Storage;
using SignalReview.Workflow.Outside;
#endif

namespace SignalReview.Tests.Privacy;

/// <summary>The same with cases that ran on Elsa, whose tables lie in the same folder.</summary>
[TestFixture]
internal sealed class ElsaErasedWithoutTraceTests : ErasedWithoutTraceContract
{
#if ELSA
    protected override void AddEngine(IServiceCollection services, IConfiguration configuration) =>
        services.AddElsaEngine(configuration, DataFolder.At(configuration["data"]!));

    [Test]
    public void Its_tables_know_the_cases_so_there_is_something_to_search()
    {
        var stored = string.Concat(Directory.GetFiles(Folder, "elsa.db*").Select(file =>
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            return reader.ReadToEnd();
        }));

        // A case that never was submitted never ran.
        Assert.That(Cases.Where(id => stored.Contains(new FlowRunKey(id, 1).ToString(), StringComparison.Ordinal)).ToList(), Has.Count.GreaterThan(12));
    }
#else
    [OneTimeSetUp]
    public void SayWhyNot() => Assert.Ignore("Built without Elsa: no package source of this machine carries it, or WithElsa=false.");

    protected override void AddEngine(IServiceCollection services, IConfiguration configuration) => throw new NotSupportedException();
#endif
}
