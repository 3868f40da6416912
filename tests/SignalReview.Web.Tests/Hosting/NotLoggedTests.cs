using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Hosting;

/// <summary>What cannot be written in the trail is not shown either, at no door, and is nobody's fault that a program would report as a bug.</summary>
internal sealed class NotLoggedTests
{
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
    public async Task A_read_that_cannot_be_written_down_is_503_and_shows_nothing()
    {
        using var owner = await PlainBrowser.SignInAsync(host, "w2");
        await ChangeAsync("CREATE TRIGGER no_more BEFORE INSERT ON trail_events BEGIN SELECT RAISE(ABORT, 'the disk is full'); END");
        try
        {
            using var program = await doors.SendAsync("w2", HttpMethod.Get, doors.Path(""), null, "en");
            var problem = JsonNode.Parse(await program.Content.ReadAsStringAsync())!;
            var page = await owner.OpenAsync($"/cases/{doors.Case}");

            using (Assert.EnterMultipleScope())
            {
                Assert.That(program.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
                Assert.That(problem["code"]!.GetValue<string>(), Is.EqualTo("read-not-logged"));
                Assert.That(program.Headers.RetryAfter, Is.Not.Null);
                Assert.That(page.Status, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
                Assert.That(page.Text, Does.Contain("We kunnen dit nu niet laten zien").And.Contain("Probeer het opnieuw"));
                Assert.That(page.Html, Does.Contain($"href=\"/cases/{doors.Case}\"").And.Not.Contain("Merel"));
            }
        }
        finally
        {
            await ChangeAsync("DROP TRIGGER no_more");
        }

        Assert.That((await owner.OpenAsync($"/cases/{doors.Case}")).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    private async Task ChangeAsync(string sql)
    {
        await using var db = new SqliteConnection($"Data Source={Path.Combine(host.DataFolder, "signalreview.db")};Pooling=False;Default Timeout=30");
        await db.OpenAsync();
        await using var command = db.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
