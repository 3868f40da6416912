using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SignalReview.Web.SignIn;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.SignIn;

/// <summary>Choosing who one is exists in Development on loopback, and nowhere else.</summary>
internal sealed class DemoSignInTests
{
    [Test]
    public async Task In_development_on_loopback_a_token_opens_the_pages()
    {
        await using var host = WebHost.Start();
        using var samira = await host.ClientAsync("w1");
        using var response = await samira.GetAsync("/");

        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("Samira el Idrissi"));
    }

    [TestCase("Production")]
    [TestCase("Staging")]
    public async Task Outside_development_it_does_not_exist(string environment)
    {
        await using var host = WebHost.Start(environment: environment);
        await AssertAbsentAsync(host.Client());
    }

    [Test]
    public async Task With_an_authority_it_does_not_exist()
    {
        await using var host = WebHost.Start(settings: Authority);
        using var client = host.Client();
        using var token = await client.PostAsJsonAsync("/demo/token", new DemoTokenRequest("w1"));

        Assert.That(token.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task From_another_address_it_does_not_exist()
    {
        var address = NetworkInterface.GetAllNetworkInterfaces()
            .Where(card => card.OperationalStatus == OperationalStatus.Up)
            .SelectMany(card => card.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address)
            .FirstOrDefault(candidate => candidate.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(candidate));
        if (address is null)
        {
            Assert.Ignore("This machine has no address besides loopback.");
        }

        await using var host = WebHost.Start(settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["AllowedHosts"] = "*" }, listenOn: address);
        await AssertAbsentAsync(host.Client());
    }

    [TestCase("elsewhere.example")]
    [TestCase("localhost.elsewhere.example")]
    public async Task Under_another_name_for_loopback_it_does_not_exist(string name)
    {
        await using var host = WebHost.Start(settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["AllowedHosts"] = "*" });
        using var client = host.Client();
        client.DefaultRequestHeaders.Host = name;
        await AssertAbsentAsync(client);
    }

    [Test]
    public async Task Forwarded_addresses_are_not_believed()
    {
        await using var host = WebHost.Start(environment: "Production");
        using var client = host.Client();
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "127.0.0.1");
        client.DefaultRequestHeaders.Add("X-Forwarded-Host", "localhost");
        await AssertAbsentAsync(client);
    }

    [Test]
    public async Task A_token_ends_after_eight_hours()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var host = WebHost.Start(services => services.AddSingleton<TimeProvider>(time));
        using var samira = await host.ClientAsync("w1");

        time.Advance(TimeSpan.FromHours(8) - TimeSpan.FromMinutes(1));
        using var inTime = await samira.GetAsync("/api/v1/nothing-here");
        time.Advance(TimeSpan.FromMinutes(2));
        using var late = await samira.GetAsync("/api/v1/nothing-here");

        Assert.Multiple(() =>
        {
            Assert.That(inTime.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(late.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        });
    }

    [Test]
    public async Task A_token_of_another_run_is_refused()
    {
        await using var earlier = WebHost.Start();
        await using var host = WebHost.Start();
        using var client = host.Client();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await earlier.TokenAsync("w1"));
        using var response = await client.GetAsync("/api/v1/nothing-here");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [TestCase("/cases/1", "/cases/1")]
    [TestCase("//elsewhere.example", "/")]
    [TestCase(@"/\elsewhere.example", "/")]
    [TestCase("https://elsewhere.example", "/")]
    [TestCase("", "/")]
    [TestCase(null, "/")]
    public void Signing_in_leads_back_to_this_site_only(string? asked, string led)
        => Assert.That(SignInEndpoints.LocalPath(asked), Is.EqualTo(led));

    internal static readonly Dictionary<string, string> Authority = new(StringComparer.Ordinal)
    {
        ["Authentication:Oidc:Authority"] = "https://login.example",
        ["Authentication:Oidc:ClientId"] = "signalreview",
    };

    private static async Task AssertAbsentAsync(HttpClient client)
    {
        using (client)
        {
            using var page = await client.GetAsync("/sign-in");
            using var token = await client.PostAsJsonAsync("/demo/token", new DemoTokenRequest("w1"));

            Assert.Multiple(() =>
            {
                Assert.That(page.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
                Assert.That(token.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            });
        }
    }
}
