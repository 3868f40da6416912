using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Api;

/// <summary>Whatever is sent, the answer is a problem that says what is wrong; never a fault of ours.</summary>
internal sealed class StrictJsonTests
{
    private static readonly string Id = Doors.NewId().ToString();

    private static readonly string[] Rubbish =
    [
        "",
        " ",
        "null",
        "true",
        "1e999999",
        "\"text\"",
        "[]",
        "{",
        "{]",
        "{}",
        "{\"commandId\":null}",
        "{\"commandId\":\"\"}",
        "{\"commandId\":\"not-a-guid\"}",
        "{\"commandId\":99999999999999999999999999999999999999}",
        "{\"commandId\":[[[[]]]]}",
        $"{{\"commandId\":\"{Id}\",\"commandId\":\"{Id}\"}}",
        $"{{\"commandId\":\"{Id}\",\"nobodyKnowsThis\":1}}",
        $"{{\"commandId\":\"{Id}\",\"reason\":\"\\ud800\"}}",
        $"{{\"commandId\":\"{Id}\",\"\\udc00\":1}}",
        $"{{\"commandId\":\"{Id}\",\"reason\":12,\"text\":12,\"question\":12}}",
        $"{{\"commandId\":\"{Id}\",\"round\":99999999999999999999,\"concern\":1e400}}",
        $"{{\"commandId\":\"{Id}\",\"signal\":null,\"interpretation\":null,\"decision\":null,\"followUp\":null,\"options\":null}}",
        $"{{\"commandId\":\"{Id}\",\"signal\":[],\"interpretation\":[],\"decision\":[],\"followUp\":[],\"options\":{{}}}}",
        $"{{\"commandId\":\"{Id}\",\"options\":[null,\"talk\"]}}",
        $"{{\"commandId\":\"{Id}\",\"options\":[1,2]}}",
        $"{{\"commandId\":\"{Id}\",\"dueAt\":\"yesterday\"}}",
        new string('[', 5000),
        "\u0000",
        "<xml/>",
    ];

    private WebHost host;
    private Doors doors;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        host = WebHost.Start();
        doors = new Doors(host);
        await doors.ToInterpretingAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await doors.DisposeAsync();
        await host.DisposeAsync();
    }

    [Test]
    public async Task Rubbish_is_a_problem_of_the_sender_at_every_address([ValueSource(nameof(Rubbish))] string body)
    {
        foreach (var (method, path) in ApiRoutes.Of(host, doors.Case).Where(r => r.Method is "POST" or "PUT"))
        {
            // An empty draft is a draft: somebody who has not written yet.
            if (body == "{}" && method == "PUT")
            {
                continue;
            }

            using var response = await doors.SendAsync("w2", new HttpMethod(method), path, body);
            await AssertProblemAsync(response, $"{method} {path} with {body[..Math.Min(80, body.Length)]}");
        }
    }

    [Test]
    public async Task Bytes_that_are_no_text_are_a_problem_of_the_sender()
    {
        using var client = await host.ClientAsync("w2");
        foreach (var (method, path) in ApiRoutes.Of(host, doors.Case).Where(r => r.Method is "POST" or "PUT"))
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new ByteArrayContent([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]) };
            request.Content.Headers.ContentType = new("application/json");
            using var response = await client.SendAsync(request);
            await AssertProblemAsync(response, path);
        }
    }

    [Test]
    public async Task Questions_in_the_address_are_never_a_fault()
    {
        var queries = new[]
        {
            "page=0", "page=-1", "page=abc", "page=99999999999999", "page=1&page=2", "pageSize=0", "pageSize=101", "pageSize=1e3", "pageSize=%00",
            "after=-1", "after=x", "take=0", "take=501", "after=99999999999999999999", "page=2147483647&pageSize=100",
        };
        foreach (var (_, path) in ApiRoutes.Of(host, doors.Case).Where(r => r.Method == "GET"))
        {
            foreach (var query in queries)
            {
                foreach (var person in new[] { "w2", "w7", "w10" })
                {
                    using var response = await doors.SendAsync(person, HttpMethod.Get, $"{path}?{query}");
                    Assert.That((int)response.StatusCode, Is.LessThan(500), $"{path}?{query}");
                }
            }
        }
    }

    [TestCase("page=0")]
    [TestCase("pageSize=101")]
    [TestCase("page=abc")]
    public async Task A_page_out_of_bounds_is_refused_with_the_bounds(string query)
    {
        using var response = await doors.SendAsync("w2", HttpMethod.Get, $"/api/v1/people?{query}", language: "en");
        var problem = await AssertProblemAsync(response, query);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(problem["code"]!.GetValue<string>(), Is.EqualTo("bad-paging"));
            Assert.That(problem["detail"]!.GetValue<string>(), Does.Contain("100"));
        }
    }

    [TestCase("""{"commandId":"COMMAND","round":"een"}""", "$.round", "")]
    [TestCase("""{"commandId":"COMMAND","round":1,"option":"maybe","concern":1,"confidence":1,"reason":"x"}""", "$.option", "withinContact")]
    [TestCase("""{"commandId":"COMMAND","round":1,"option":"talk","concern":1,"confidence":1,"reason":"x","reden":"y"}""", "$.reden", "")]
    [TestCase("""{"commandId":"COMMAND","round":1,"option":"talk","concern":1,"confidence":1,"reason":"half \ud83d"}""", "$.reason", "")]
    [TestCase("""{"round":1,"option":null}""", "$", "commandId")]
    [TestCase("""{"commandId":"COMMAND" "round":1}""", "$", "")]
    public async Task The_problem_says_where_and_how_to_mend(string body, string path, string hint)
    {
        var sent = body.Replace("COMMAND", Id, StringComparison.Ordinal);
        using var response = await doors.SendAsync("w2", HttpMethod.Post, doors.Path("cast-vote"), sent, "en");
        var problem = await AssertProblemAsync(response, body);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(problem["path"]!.GetValue<string>(), Is.EqualTo(path));
            Assert.That(problem["code"]!.GetValue<string>(), Is.AnyOf("bad-json", "bad-value"));
            Assert.That(problem["detail"]!.GetValue<string>(), Does.Contain(hint).And.Contain(path));
        }
    }

    [Test]
    public async Task A_wrong_value_deep_inside_is_named_by_its_whole_path()
    {
        var signal = $$"""{"commandId":"{{Id}}","signal":{"online":{"visibility":"everybody"} } }""";
        using var response = await doors.SendAsync("w2", HttpMethod.Post, $"/api/v1/signals/{doors.Case}/submit", signal);
        var problem = await AssertProblemAsync(response, signal);
        Assert.That(problem["path"]!.GetValue<string>(), Is.EqualTo("$.signal.online.visibility"));
    }

    [Test]
    public async Task A_null_in_a_list_is_named_by_its_place()
    {
        var decision = $$"""{"commandId":"{{Id}}","decision":{"facts":["a",null]},"approver":null}""";
        using var response = await doors.SendAsync("w2", HttpMethod.Post, doors.Path("decide"), decision);
        var problem = await AssertProblemAsync(response, decision);
        Assert.That(problem["path"]!.GetValue<string>(), Is.EqualTo("$.decision.facts[1]"));
    }

    [Test]
    public async Task What_is_too_large_is_refused_also_when_its_length_is_not_told()
    {
        using var client = await host.ClientAsync("w2");
        var large = $$"""{"commandId":"{{Id}}","text":"{{new string('a', 600_000)}}"}""";
        using var told = await client.PostAsync(doors.Path("say"), new StringContent(large, Encoding.UTF8, "application/json"));
        using var request = new HttpRequestMessage(HttpMethod.Post, doors.Path("say")) { Content = new StringContent(large, Encoding.UTF8, "application/json") };
        request.Headers.TransferEncodingChunked = true;
        using var untold = await client.SendAsync(request);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(told.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
            Assert.That(untold.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
            Assert.That((await AssertProblemAsync(told, "told"))["code"]!.GetValue<string>(), Is.EqualTo("too-large"));
        }
    }

    [Test]
    public async Task Another_kind_of_content_is_refused()
    {
        using var client = await host.ClientAsync("w2");
        using var response = await client.PostAsync(doors.Path("say"), new StringContent("text=hoi", Encoding.UTF8, "application/x-www-form-urlencoded"));
        var problem = await AssertProblemAsync(response, "form");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.UnsupportedMediaType));
            Assert.That(problem["code"]!.GetValue<string>(), Is.EqualTo("unsupported-media-type"));
            Assert.That(problem["next"]!.GetValue<string>(), Does.Contain("application/json"));
        }
    }

    private static async Task<JsonNode> AssertProblemAsync(HttpResponseMessage response, string what)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.That((int)response.StatusCode, Is.InRange(400, 499), string.Create(CultureInfo.InvariantCulture, $"{what}: {text}"));
        Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"), what);
        var problem = JsonNode.Parse(text)!;
        Assert.That(problem["type"]!.GetValue<string>(), Does.StartWith("https://signalreview.example/problems/"), what);
        Assert.That(problem["next"]!.GetValue<string>(), Is.Not.Empty, what);
        return problem;
    }
}
