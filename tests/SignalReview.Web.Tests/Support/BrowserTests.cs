using Microsoft.Playwright;

namespace SignalReview.Web.Tests.Support;

internal sealed class BrowserTests
{
    private WebHost host = null!;
    private IPage ofAll = null!;
    private IPage? ofOne;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        host = WebHost.Start();
        ofAll = await Browser.OpenAsync(host);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await host.DisposeAsync();
        Assert.That(ofAll.IsClosed, Is.True);
    }

    [Test]
    [Order(1)]
    public async Task Test_opens_a_tab() => ofOne = await Browser.OpenAsync(host);

    [Test]
    [Order(2)]
    public void Tab_of_a_test_that_ended_is_closed_and_that_of_the_fixture_is_not()
    {
        Assert.That(ofOne!.IsClosed, Is.True);
        Assert.That(ofAll.IsClosed, Is.False);
    }
}
