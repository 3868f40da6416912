using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Api;

/// <summary>Nobody gets in without a name, and the name comes from the claims.</summary>
internal sealed class ApiAccessTests
{
    private WebHost host;
    private Doors doors;

    [OneTimeSetUp]
    public void Start()
    {
        host = WebHost.Start();
        doors = new Doors(host);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await doors.DisposeAsync();
        await host.DisposeAsync();
    }

    [Test]
    public async Task Every_address_of_the_api_and_the_hub_asks_who_is_there()
    {
        using var stranger = host.Client();
        var asked = 0;
        foreach (var (method, path) in ApiRoutes.Of(host))
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = JsonContent.Create(new { }) };
            using var response = await stranger.SendAsync(request);
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized), $"{method} {path}");
            asked++;
        }

        using var hub = await stranger.PostAsync("/hubs/room/negotiate?negotiateVersion=1", null);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(asked, Is.GreaterThan(45));
            Assert.That(hub.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        }
    }

    [Test]
    public void Every_address_of_the_api_is_behind_authorization()
        => Assert.That(
            ApiRoutes.Endpoints(host).Where(e => e.Metadata.GetMetadata<IAuthorizeData>() is null || e.Metadata.GetMetadata<IAllowAnonymous>() is not null),
            Is.Empty);

    [Test]
    public async Task A_token_in_the_query_opens_the_hub_only()
    {
        using var client = host.Client();
        var token = await host.TokenAsync("w1");
        using var api = await client.GetAsync($"/api/v1/me?access_token={token}");
        using var hub = await client.PostAsync($"/hubs/room/negotiate?negotiateVersion=1&access_token={token}", null);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(api.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(hub.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }
    }

    [Test]
    public async Task Who_somebody_is_is_never_taken_from_what_they_send()
    {
        await doors.SubmitAsync();
        var other = Doors.IdOf("w2");
        foreach (var name in new[] { "person", "personId", "actor", "userId", "submitterId" })
        {
            var body = new JsonObject { ["commandId"] = Doors.NewId(), ["reason"] = "weg ermee", [name] = other };
            using var response = await doors.SendAsync("w9", HttpMethod.Post, doors.Path("withdraw-case"), body.ToJsonString());
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), name);
        }

        using var header = await doors.SendAsync(
            "w9", HttpMethod.Post, doors.Path("withdraw-case"), new { commandId = Doors.NewId(), reason = "weg ermee" }, null,
            ("X-User", "w2"), ("X-Forwarded-User", "w2"), ("Cookie", "signalreview=w2"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(header.StatusCode, Is.AnyOf(HttpStatusCode.NotFound, HttpStatusCode.Forbidden));
            Assert.That((await doors.ViewAsync("w2"))["phase"]!.GetValue<string>(), Is.Not.EqualTo("withdrawn"));
        }
    }

    [Test]
    public async Task A_case_of_others_and_a_case_that_is_not_there_look_the_same()
    {
        await doors.StartAsync();
        using var theirs = await doors.SendAsync("w3", HttpMethod.Get, doors.Path(""));
        using var nothing = await doors.SendAsync("w3", HttpMethod.Get, $"/api/v1/cases/{Doors.NewId()}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(theirs.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(await WithoutTraceAsync(theirs), Is.EqualTo(await WithoutTraceAsync(nothing)));
        }
    }

    private static async Task<string> WithoutTraceAsync(HttpResponseMessage response)
    {
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
        problem.Remove("traceId");
        return problem.ToJsonString();
    }
}
