using System.Text.Json.Nodes;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Api;

/// <summary>The description tells all there is, and its page asks nobody else for anything.</summary>
internal sealed class ApiDescriptionTests
{
    private WebHost host;

    [OneTimeSetUp]
    public void Start() => host = WebHost.Start();

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [Test]
    public async Task Every_address_is_described_with_its_problems_and_how_to_sign_in()
    {
        using var client = host.Client();
        var document = JsonNode.Parse(await client.GetStringAsync("/openapi/v1.json"))!;
        var described = document["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(o => (Method: o.Key.ToUpperInvariant(), Path: path.Key, Operation: o.Value!)))
            .ToList();
        var mapped = ApiRoutes.Endpoints(host).SelectMany(e => e.Metadata.GetMetadata<Microsoft.AspNetCore.Routing.IHttpMethodMetadata>()!.HttpMethods
            .Select(method => (method, e.RoutePattern.RawText!.Replace(":guid", "", StringComparison.Ordinal).Replace(":long", "", StringComparison.Ordinal).TrimEnd('/'))));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(described.Select(d => (d.Method, d.Path)), Is.EquivalentTo(mapped));
            Assert.That(described.Where(d => string.IsNullOrEmpty(d.Operation["summary"]?.GetValue<string>())), Is.Empty);
            Assert.That(described.Where(d => d.Operation["responses"]!["401"] is null), Is.Empty);
            Assert.That(described.Where(d => d.Method == "POST" && d.Operation["responses"]!["422"] is null), Is.Empty);
            Assert.That(described.Where(d => d.Method is "POST" or "PUT" && d.Operation["requestBody"] is null), Is.Empty);
            Assert.That(document["components"]!["securitySchemes"]!["bearer"]!["scheme"]!.GetValue<string>(), Is.EqualTo("bearer"));
            Assert.That(document["components"]!["schemas"]!["VoteOption"]!.ToJsonString(), Does.Contain("withinContact"));
            Assert.That(document["components"]!["schemas"]!["CastVoteCommand"]!["required"]!.ToJsonString(), Is.EqualTo("[\"commandId\",\"round\"]"));
        }
    }

    [Test]
    public async Task The_page_works_without_any_other_host_and_can_be_read_by_everyone()
    {
        var page = await Browser.OpenAsync(host);
        var elsewhere = new List<string>();
        var complaints = new List<string>();
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(host.Address.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal)
                && !request.Url.StartsWith("blob:", StringComparison.Ordinal))
            {
                elsewhere.Add(request.Url);
            }
        };
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                complaints.Add(message.Text);
            }
        };
        await page.GotoAsync("/docs");
        await page.GetByRole(Microsoft.Playwright.AriaRole.Heading, new() { Name = "Opens an empty draft" }).First.WaitForAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(elsewhere, Is.Empty);
            Assert.That(complaints, Is.Empty);
        }

        await page.HasNoAxeViolationsAsync(bestPractices: false);
    }
}
