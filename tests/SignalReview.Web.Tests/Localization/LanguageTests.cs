using System.Net;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Localization;

internal sealed class LanguageTests
{
    private WebHost host;

    [OneTimeSetUp]
    public void Start() => host = WebHost.Start();

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [Test]
    public async Task Dutch_is_spoken_to_whoever_did_not_choose()
    {
        using var client = host.Client();
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en-GB");

        Assert.That(await client.GetStringAsync("/about"), Does.Contain("<html lang=\"nl\">").And.Contain("Over SignalReview"));
    }

    [Test]
    public async Task English_is_remembered_once_chosen()
    {
        using var client = host.Client();
        using var chosen = await client.GetAsync("/about?culture=en&done=saved");
        var page = await chosen.Content.ReadAsStringAsync();
        var cookie = chosen.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("signalreview-language=en", StringComparison.Ordinal));
        using var next = new HttpRequestMessage(HttpMethod.Get, "/about");
        next.Headers.Add("Cookie", cookie[..cookie.IndexOf(';', StringComparison.Ordinal)]);
        using var later = await client.SendAsync(next);

        Assert.Multiple(async () =>
        {
            Assert.That(page, Does.Contain("<html lang=\"en\">").And.Contain("About SignalReview"));
            Assert.That(page, Does.Contain("/about?done=saved&amp;culture=nl"), "the way back keeps the rest of the address");
            Assert.That(cookie, Does.Contain("httponly").IgnoreCase.And.Contain("samesite=lax").IgnoreCase);
            Assert.That(await later.Content.ReadAsStringAsync(), Does.Contain("About SignalReview"));
        });
    }

    [Test]
    public async Task An_unknown_language_changes_nothing()
    {
        using var client = host.Client();
        using var response = await client.GetAsync("/about?culture=de");

        Assert.Multiple(async () =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(response.Headers.Contains("Set-Cookie"), Is.False);
            Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("<html lang=\"nl\">"));
        });
    }
}
