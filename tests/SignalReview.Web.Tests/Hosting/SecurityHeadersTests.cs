using System.Net;
using System.Net.Http.Json;
using SignalReview.Web.SignIn;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Hosting;

internal sealed class SecurityHeadersTests
{
    private WebHost host;

    [OneTimeSetUp]
    public void Start() => host = WebHost.Start();

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [TestCase("/about", HttpStatusCode.OK)]
    [TestCase("/dist/app.css", HttpStatusCode.OK)]
    [TestCase("/health/live", HttpStatusCode.OK)]
    [TestCase("/api/v1/nothing-here", HttpStatusCode.Unauthorized)]
    public async Task Every_answer_carries_the_headers(string path, HttpStatusCode status)
    {
        using var client = host.Client();
        using var response = await client.GetAsync(path);

        Assert.Multiple(() =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(status));
            var policy = Header(response, "Content-Security-Policy");
            Assert.That(policy, Does.Contain("script-src 'self'").And.Contain("frame-ancestors 'none'").And.Contain("form-action 'self'"));
            Assert.That(policy, Does.Not.Contain("unsafe"));
            Assert.That(Header(response, "X-Content-Type-Options"), Is.EqualTo("nosniff"));
            Assert.That(Header(response, "Referrer-Policy"), Is.EqualTo("no-referrer"));
            Assert.That(response.Headers.Server, Is.Empty);
        });
    }

    [Test]
    public void No_page_has_a_style_of_its_own_that_the_policy_would_block()
    {
        var components = Path.Combine(Repository.Root, "src", "SignalReview.Web", "Components");
        var pages = Directory.EnumerateFiles(components, "*.razor", SearchOption.AllDirectories).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(pages, Has.Count.GreaterThan(100));
            Assert.That(pages.Where(path => File.ReadAllText(path).Contains(" style=", StringComparison.Ordinal)).Select(Path.GetFileName), Is.Empty);
        }
    }

    [Test]
    public async Task What_a_signed_in_person_sees_is_not_kept_by_the_browser()
    {
        using var samira = await host.ClientAsync("w1");
        using var page = await samira.GetAsync("/");
        using var style = await samira.GetAsync("/dist/app.css");

        Assert.Multiple(() =>
        {
            Assert.That(page.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(page.Headers.CacheControl?.NoStore, Is.True);
            Assert.That(style.Headers.CacheControl?.NoStore, Is.Not.True);
        });
    }

    [TestCase("Origin", "http://127.0.0.1:1")]
    [TestCase("Origin", "https://elsewhere.example")]
    [TestCase("Sec-Fetch-Site", "cross-site")]
    [TestCase("Sec-Fetch-Site", "same-site")]
    public async Task A_request_that_another_site_made_the_browser_send_is_refused(string header, string value)
    {
        using var client = host.Client();
        client.DefaultRequestHeaders.Add(header, value);
        using var change = await client.PostAsJsonAsync("/demo/token", new DemoTokenRequest("w1"));
        using var look = await client.GetAsync("/about");

        Assert.Multiple(() =>
        {
            Assert.That(change.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(look.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        });
    }

    [Test]
    public async Task Our_own_page_may_post()
    {
        using var client = host.Client();
        client.DefaultRequestHeaders.Add("Origin", host.Address.GetLeftPart(UriPartial.Authority));
        using var change = await client.PostAsJsonAsync("/demo/token", new DemoTokenRequest("w1"));

        Assert.That(change.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    private static string Header(HttpResponseMessage response, string name)
        => response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";
}
