using System.Net;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using SignalReview.Storage;
using SignalReview.Web.Hosting;
using SignalReview.Web.Tests.Support;

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
    public async Task A_database_without_tables_is_not_ready()
    {
        var folder = Directory.CreateTempSubdirectory("signalreview-");
        try
        {
            var health = new DatabaseHealth(SqliteDatabase.InFile(Path.Combine(folder.FullName, "empty.db")));
            var result = await health.CheckHealthAsync(new HealthCheckContext(), CancellationToken.None);

            Assert.That(result.Status, Is.EqualTo(HealthStatus.Unhealthy));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
