using System.Net;
using System.Text.Json.Nodes;
using SignalReview.Trail;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Api;

/// <summary>The stream of headers over HTTP, as a SIEM asks for it.</summary>
internal sealed class FeedApiTests
{
    private const string Address = "/api/v1/trail/events";

    private WebHost host;
    private Doors doors;
    private HttpClient auditor;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        host = WebHost.Start();
        doors = new Doors(host);
        await doors.ToTalkAsync();
        auditor = await host.ClientAsync("w10");
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        auditor.Dispose();
        await doors.DisposeAsync();
        await host.DisposeAsync();
    }

    [Test]
    public async Task Following_the_links_gives_each_leaf_once_and_then_nothing_until_something_happens()
    {
        List<long> places = [];
        var next = $"{Address}?limit=25";
        for (var pages = 0; pages < 100; pages++)
        {
            using var response = await auditor.GetAsync(next);
            var lines = Lines(await response.Content.ReadAsStringAsync());
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            next = NextOf(response);
            if (lines.Length == 0)
            {
                break;
            }

            places.AddRange(lines.Select(line => (long)JsonNode.Parse(line)!["leafIndex"]!));
        }

        using var again = await auditor.GetAsync(next);
        Assert.That(places, Has.Count.GreaterThan(25).And.EqualTo(Enumerable.Range(0, places.Count).Select(i => (long)i)));
        Assert.That(await again.Content.ReadAsStringAsync(), Is.Empty);
        Assert.That(NextOf(again), Is.EqualTo(next), "the same is asked again");
    }

    [Test]
    public async Task A_line_holds_the_leaf_verbatim_so_that_it_can_be_hashed()
    {
        using var response = await auditor.GetAsync($"{Address}?limit=1");
        var line = Lines(await response.Content.ReadAsStringAsync()).Single();
        const string head = "{\"leafIndex\":0,\"header\":";

        Assert.That(line, Does.StartWith(head));
        Assert.That(EventHeader.Parse(System.Text.Encoding.UTF8.GetBytes(line[head.Length..^1])).Log, Is.EqualTo("signalreview"));
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/x-ndjson"));
    }

    [TestCase("fhir", "application/fhir+ndjson", "resourceType")]
    [TestCase("ocsf", "application/x-ndjson", "class_uid")]
    public async Task Each_format_has_its_type_and_its_members(string format, string type, string member)
    {
        using var response = await auditor.GetAsync($"{Address}?limit=10&format={format}");
        var lines = Lines(await response.Content.ReadAsStringAsync());

        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo(type));
        Assert.That(lines, Has.Length.EqualTo(10));
        Assert.That(lines.All(line => JsonNode.Parse(line)![member] is not null));
        Assert.That(NextOf(response), Is.EqualTo($"{Address}?after=9&limit=10&format={format}"));
    }

    [Test]
    public async Task What_did_not_change_is_304_and_in_the_trail_all_the_same()
    {
        using var first = await auditor.GetAsync($"{Address}?limit=5");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Address}?limit=5");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        var before = await PolledAsync();
        using var second = await auditor.SendAsync(request);

        Assert.That(second.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
        Assert.That(await PolledAsync(), Is.EqualTo(before + 2), "it, and the count before it");
    }

    [TestCase("?after=-1")]
    [TestCase("?after=eerste")]
    [TestCase("?limit=0")]
    [TestCase("?limit=1001")]
    [TestCase("?format=cef")]
    public async Task What_cannot_be_asked_is_refused_in_both_languages(string query)
    {
        foreach (var (language, title) in new[] { ("nl", "Dit deel van de stroom kunnen we niet geven"), ("en", "We cannot give this part of the stream") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Address + query);
            request.Headers.AcceptLanguage.ParseAdd(language);
            using var response = await auditor.SendAsync(request);
            var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That((string?)problem["type"], Does.EndWith("/bad-feed"));
            Assert.That((string?)problem["title"], Is.EqualTo(title));
        }
    }

    [Test]
    public async Task A_place_that_the_log_has_not_is_a_conflict()
    {
        using var response = await auditor.GetAsync($"{Address}?after=1000000");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("trail-shorter"));
    }

    [TestCase("w1")]
    [TestCase("w12")]
    public async Task Who_is_no_auditor_gets_nothing(string person)
    {
        using var client = await host.ClientAsync(person);
        using var response = await client.GetAsync(Address);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Not.Contain("leafIndex"));
    }

    [Test]
    public async Task The_description_names_it_with_its_answers()
    {
        using var client = host.Client();
        var operation = JsonNode.Parse(await client.GetStringAsync("/openapi/v1.json"))!["paths"]![Address]!["get"]!;

        Assert.That(operation["parameters"]!.AsArray().Select(p => (string?)p!["name"]), Is.EquivalentTo(new[] { "after", "limit", "format" }));
        Assert.That(operation["responses"]!.AsObject().Select(r => r.Key), Is.SupersetOf(new[] { "200", "304", "400", "401", "403", "409", "503" }));
    }

    /// <summary>Asks for all there is, which is one more.</summary>
    private async Task<int> PolledAsync() =>
        Lines(await auditor.GetStringAsync($"{Address}?limit=1000")).Count(line => line.Contains("\"type\":\"trail.polled\"", StringComparison.Ordinal));

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string NextOf(HttpResponseMessage response)
    {
        var link = response.Headers.GetValues("Link").Single();
        Assert.That(link, Does.EndWith(">; rel=\"next\""));
        return link[1..link.IndexOf('>', StringComparison.Ordinal)];
    }
}
