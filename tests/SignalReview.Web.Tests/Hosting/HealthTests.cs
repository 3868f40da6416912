using System.Net;
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
}
