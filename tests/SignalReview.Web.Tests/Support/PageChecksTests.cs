namespace SignalReview.Web.Tests.Support;

internal sealed class PageChecksTests
{
    private WebHost host;

    [OneTimeSetUp]
    public void Start() => host = WebHost.Start();

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [Test]
    public async Task The_checks_find_what_is_wrong()
    {
        var page = await Browser.OpenAsync(host);
        await page.GotoAsync("/about");
        await page.EvaluateAsync(
            """
            () => {
              const link = document.createElement("a");
              link.href = "#";
              link.style.cssText = "display: block; inline-size: 3000px; block-size: 10px";
              const picture = document.createElement("img");
              picture.src = "/favicon.svg";
              document.querySelector("main").append(link, picture);
            }
            """);

        Assert.Multiple(() =>
        {
            Assert.That(async () => await page.HasNoAxeViolationsAsync(), Throws.InstanceOf<AssertionException>().With.Message.Contains("image-alt"));
            Assert.That(async () => await page.HasNoSidewaysScrollAsync(), Throws.InstanceOf<AssertionException>());
            Assert.That(async () => await page.HasLargeTargetsAsync(), Throws.InstanceOf<AssertionException>());
        });
    }
}
