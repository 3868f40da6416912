using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SignalReview.Storage;
using SignalReview.Web.Tests.Pages.Cases;
using SignalReview.Web.Tests.Support;
using SignalReview.Workflow;

namespace SignalReview.Web.Tests.Hosting;

internal sealed class HealthTests
{
    [TestCase("/health/live")]
    [TestCase("/health/ready")]
    public async Task A_started_host_is_healthy_and_says_so_to_anyone(string path)
    {
        await using var host = WebHost.Start(environment: "Production");
        using var client = host.Client();
        using var response = await client.GetAsync(path);

        Assert.Multiple(async () =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("Healthy"));
        });
    }

    [Test]
    public async Task Deadlines_that_fire_are_healthy()
    {
        await using var host = WebHost.Start(environment: "Production");
        using var client = host.Client();
        using var response = await client.GetAsync("/health/deadlines");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(
            await response.Content.ReadAsStringAsync(),
            Is.EqualTo("""{"status":"Healthy","state":"onTime","overdue":0,"failing":0,"oldestSeconds":0,"engineFails":0}"""));
    }

    [Test]
    public async Task A_deadline_service_that_does_not_run_raises_the_alarm_and_keeps_the_traffic()
    {
        await using var host = WebHost.Start(services => services.Remove(services.Single(s => s.ImplementationType == typeof(DeadlineService))));
        await OverdueAsync(host, TimeSpan.FromMinutes(5), failures: 0);
        using var client = host.Client();
        using var alarm = await client.GetAsync("/health/deadlines");
        using var ready = await client.GetAsync("/health/ready");
        using var coordinator = await FormSurfer.AsAsync(host, "w7");
        var board = await coordinator.OpenAsync("/board");
        var json = JsonNode.Parse(await alarm.Content.ReadAsStringAsync())!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(alarm.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
            Assert.That(json["status"]!.GetValue<string>(), Is.EqualTo("Unhealthy"));
            Assert.That(json["state"]!.GetValue<string>(), Is.EqualTo("stopped"));
            Assert.That(json["overdue"]!.GetValue<int>(), Is.GreaterThanOrEqualTo(1));
            Assert.That(json["oldestSeconds"]!.GetValue<long>(), Is.GreaterThanOrEqualTo(300));
            Assert.That(json.AsObject().Select(p => p.Key), Is.EquivalentTo(new[] { "status", "state", "overdue", "failing", "oldestSeconds", "engineFails" }));
            Assert.That(ready.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(board.Text, Does.Contain("Termijnen gaan niet vanzelf af").And.Contain("opnieuw te starten"));
        }
    }

    [Test]
    public async Task One_case_that_fails_each_time_is_another_alarm()
    {
        await using var host = WebHost.Start(services => services.Remove(services.Single(s => s.ImplementationType == typeof(DeadlineService))));
        await OverdueAsync(host, TimeSpan.FromMinutes(5), failures: 4);
        using var client = host.Client();
        using var alarm = await client.GetAsync("/health/deadlines");
        var json = JsonNode.Parse(await alarm.Content.ReadAsStringAsync())!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(alarm.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
            Assert.That(json["status"]!.GetValue<string>(), Is.EqualTo("Degraded"));
            Assert.That(json["state"]!.GetValue<string>(), Is.EqualTo("failing"));
        }
    }

    /// <summary>One deadline of the demo's cases is long due; the others are not.</summary>
    private static async Task OverdueAsync(WebHost host, TimeSpan since, int failures)
    {
        var now = host.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        await using var db = await host.Services.GetRequiredService<IDatabase>().BeginAsync(CancellationToken.None);
        await db.ExecuteScriptAsync(
            $"""
            UPDATE deadlines SET state = 'cancelled' WHERE state = 'open' AND due_at <= '{Text(now)}';
            UPDATE deadlines SET due_at = '{Text(now - since)}', failures = {failures}, retry_at = {(failures > 0 ? $"'{Text(now)}'" : "NULL")}
            WHERE deadline_id = (SELECT deadline_id FROM deadlines WHERE state = 'open' ORDER BY due_at DESC LIMIT 1);
            """,
            CancellationToken.None);
        await db.CommitAsync(CancellationToken.None);

        static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", System.Globalization.CultureInfo.InvariantCulture);
    }
}
