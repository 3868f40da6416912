using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using SignalReview.Cli;
using SignalReview.Trail.Signing;

namespace SignalReview.Tests.Cli;

[TestFixture]
internal sealed class TrailCommandTests
{
    [Test]
    public async Task A_sound_database_is_told_so_beside_a_running_host()
    {
        await using var world = await (await CaseWorld.StartAsync()).ClosedAsync();
        await world.Get<CheckpointRound>().RunAsync(default);

        var (code, output, errors) = await RunAsync(world.Folder);
        var english = await RunAsync(world.Folder, "--lang", "en");
        var json = await RunAsync(world.Folder, "--json");

        Assert.That(code, Is.Zero, output + errors);
        Assert.That(output, Does.StartWith("IN ORDE.").And.Contain("Niet bewezen"));
        Assert.That(english.Output, Does.StartWith("SOUND.").And.Contain("Not proved"));
        using var told = JsonDocument.Parse(json.Output);
        Assert.That(told.RootElement.GetProperty("verdict").GetString(), Is.EqualTo("sound"));
        Assert.That(told.RootElement.GetProperty("rows").GetInt64(), Is.GreaterThan(10));
        Assert.That(told.RootElement.GetProperty("notHeld").GetArrayLength(), Is.GreaterThan(10));
    }

    [Test]
    public async Task A_vote_that_was_changed_is_named_and_the_database_is_left_as_it_is()
    {
        await using var world = await (await CaseWorld.StartAsync()).ClosedAsync();
        await ChangeAsync(world, "UPDATE ballots SET choice = 'reportingCode' WHERE rowid = (SELECT MIN(rowid) FROM ballots)");
        var before = Fingerprints(world.Folder);

        var (code, output, _) = await RunAsync(world.Folder);
        var json = await RunAsync(world.Folder, "--json", "--lang", "en");

        Assert.That(code, Is.EqualTo(1));
        Assert.That(output, Does.StartWith("GEWIJZIGD.").And.Contain("ballots.choice"));
        using var told = JsonDocument.Parse(json.Output);
        var finding = told.RootElement.GetProperty("findings").EnumerateArray().Single();
        Assert.That(finding.GetProperty("table").GetString(), Is.EqualTo("ballots"));
        Assert.That(finding.GetProperty("column").GetString(), Is.EqualTo("choice"));
        Assert.That(finding.GetProperty("event").GetGuid(), Is.Not.EqualTo(Guid.Empty));
        Assert.That(finding.GetProperty("message").GetString(), Is.EqualTo("Something is other than the events tell."));
        Assert.That(Fingerprints(world.Folder), Is.EqualTo(before));
    }

    [Test]
    public async Task A_database_of_another_version_cannot_be_read_and_is_not_brought_up_to_date()
    {
        await using var world = await (await CaseWorld.StartAsync()).SubmitAsync();
        await ChangeAsync(world, "DELETE FROM schema_migrations WHERE number = (SELECT MAX(number) FROM schema_migrations)");

        var (code, output, _) = await RunAsync(world.Folder, "--lang", "en");
        var again = await RunAsync(world.Folder, "--lang", "en");

        Assert.That((code, again.Code), Is.EqualTo((2, 2)));
        Assert.That(output, Does.StartWith("COULD NOT BE READ.").And.Contain("schema"));
    }

    [Test]
    public async Task A_folder_without_a_database_cannot_be_read_and_gets_none()
    {
        var folder = Directory.CreateTempSubdirectory("signalreview-check-").FullName;
        try
        {
            var (code, output, _) = await RunAsync(folder);

            Assert.That(code, Is.EqualTo(2));
            Assert.That(output, Does.StartWith("NIET TE LEZEN.").And.Contain("signalreview.db"));
            Assert.That(Directory.EnumerateFileSystemEntries(folder), Is.Empty);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task ChangeAsync(CaseWorld world, string script)
    {
        await using var db = await world.Database.BeginAsync(CancellationToken.None);
        await db.ExecuteScriptAsync(script, CancellationToken.None);
        await db.CommitAsync(CancellationToken.None);
    }

    private static Dictionary<string, string> Fingerprints(string folder) => Directory.EnumerateFiles(folder, "signalreview.db*")
        .Where(file => !file.EndsWith("-shm", StringComparison.Ordinal)) // locks of whoever reads
        .ToDictionary(file => file, file =>
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return Convert.ToHexString(SHA256.HashData(stream));
        });

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string folder, params string[] options)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await TrailCommand.Create().Parse(["check", "--data", folder, .. options]).InvokeAsync(new() { Output = output, Error = errors });
        return (code, output.ToString(), errors.ToString());
    }
}
