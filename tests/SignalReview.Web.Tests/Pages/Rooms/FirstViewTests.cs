using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Playwright;
using SignalReview.Web.Tests.Pages.Cases;
using SignalReview.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace SignalReview.Web.Tests.Pages.Rooms;

/// <summary>What a browser with nothing in its cache gets over the wire before the room is there, and from whom.</summary>
internal sealed class FirstViewTests
{
    private const int Most = 110 * 1024;

    private WebHost host;

    [OneTimeSetUp]
    public void Start() => host = WebHost.Start();

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [Test]
    public async Task First_view_of_the_room_is_small_and_comes_from_the_own_host_alone([Values("vote", "revealed")] string phase)
    {
        var walk = phase == "vote" ? await CaseWalk.VotingAsync(host) : await CaseWalk.WeighingAsync(host);
        var page = await Browser.OpenAsync(host, walk.Readers[0]);
        var addresses = new ConcurrentQueue<string>();
        var sizes = new ConcurrentQueue<double>();
        var network = await page.Context.NewCDPSessionAsync(page);
        network.Event("Network.requestWillBeSent").OnEvent += (_, sent) => addresses.Enqueue(sent!.Value.GetProperty("request").GetProperty("url").GetString()!);
        network.Event("Network.webSocketCreated").OnEvent += (_, opened) => addresses.Enqueue(opened!.Value.GetProperty("url").GetString()!);
        network.Event("Network.loadingFinished").OnEvent += (_, done) => sizes.Enqueue(done!.Value.GetProperty("encodedDataLength").GetDouble());
        await network.SendAsync("Network.enable");
        await network.SendAsync("Network.setCacheDisabled", new Dictionary<string, object>(StringComparer.Ordinal) { ["cacheDisabled"] = true });

        await page.GotoAsync($"{walk.Path}/room", new() { WaitUntil = WaitUntilState.NetworkIdle });
        await Expect(page.Locator("[data-connection]")).ToContainTextAsync("Verbonden");
        await TestContext.Out.WriteLineAsync($"{phase}: {sizes.Sum() / 1024:F1} KiB in {sizes.Count} answers: {JsonSerializer.Serialize(addresses)}");

        Assert.Multiple(() =>
        {
            Assert.That(sizes, Has.Count.GreaterThanOrEqualTo(6), "page, style, two scripts, two fonts");
            Assert.That(sizes.Sum(), Is.LessThanOrEqualTo(Most));
            Assert.That(addresses.Select(a => new Uri(a)).Where(a => a.Scheme is not ("data" or "blob")).Select(a => a.Authority).Distinct(), Is.EqualTo(new[] { host.Address.Authority }));
        });
    }
}
