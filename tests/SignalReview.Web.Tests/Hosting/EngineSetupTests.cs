using SignalReview.Web.Tests.Support;
using SignalReview.Workflow;

namespace SignalReview.Web.Tests.Hosting;

[TestFixture]
internal sealed class EngineSetupTests
{
    [Test]
    public async Task The_about_page_says_which_engine_runs_and_why()
    {
        await using var host = WebHost.Start(settings: Engine("Embedded"));
        using var client = host.Client();
        var dutch = await client.GetStringAsync(new Uri("/about", UriKind.Relative));
        Assert.That(dutch, Does.Contain("Nieuwe zaken lopen op werkstroommotor Embedded, zoals de beheerder instelde."));
    }

    [Test]
    public async Task Without_a_setting_the_build_decides()
    {
        await using var host = WebHost.Start(settings: Engine(""));
        using var client = host.Client();
        var about = await client.GetStringAsync(new Uri("/about", UriKind.Relative));
#if ELSA
        Assert.That(about, Does.Contain("Nieuwe zaken lopen op werkstroommotor Elsa 3."));
#else
        Assert.That(about, Does.Contain("deze versie is zonder Elsa gebouwd"));
        Assert.That(host.Services.GetService(typeof(IWorkflowEngine)), Is.InstanceOf<EmbeddedEngine>());
#endif
    }

    [Test]
    public void An_engine_that_nobody_knows_stops_the_start() =>
        Assert.That(() => WebHost.Start(settings: Engine("Camunda")), Throws.InvalidOperationException.With.Message.Contains("known are Embedded and Elsa"));

#if !ELSA
    [Test]
    public void Asking_for_Elsa_where_it_was_not_built_stops_the_start_and_says_how_to_mend_it() =>
        Assert.That(() => WebHost.Start(settings: Engine("Elsa")), Throws.InvalidOperationException.With.Message.Contains("-p:WithElsa=true"));
#endif

    private static Dictionary<string, string> Engine(string name) => new(StringComparer.Ordinal) { ["Workflow:Engine"] = name };
}
