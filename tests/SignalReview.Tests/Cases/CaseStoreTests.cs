using System.Text.Json;
using SignalReview.Cases;
using SignalReview.Trail;

namespace SignalReview.Tests.Cases;

[TestFixture]
internal sealed class CaseStoreTests
{
    // Rows that others point to after those that point.
    private static readonly string[] Tables =
        ["case_tags", "open_steps", "ballots", "vote_rounds", "rooms", "interpretations", "invitations", "decisions"];

    [Test]
    public async Task What_a_table_holds_is_read_again_when_that_table_was_written()
    {
        await using var world = await (await CaseWorld.StartAsync()).InFollowUpAsync();
        await using var db = await world.Database.BeginAsync(CancellationToken.None);
        var known = (await CaseStore.LoadAsync(db, world.Case, CancellationToken.None))!;
        foreach (var table in Tables)
        {
            await db.ExecuteScriptAsync($"DELETE FROM {table}", CancellationToken.None);
            var before = Text(known);
            known = await CaseStore.RefreshAsync(db, known, new HashSet<string>(StringComparer.Ordinal) { table }, CancellationToken.None);
            var fresh = await CaseStore.LoadAsync(db, world.Case, CancellationToken.None);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(Text(known), Is.EqualTo(Text(fresh!)), table);
                Assert.That(Text(known), Is.Not.EqualTo(before), $"{table} held nothing of the case");
            }
        }
    }

    [Test]
    public async Task A_write_names_its_table_once()
    {
        await using var world = await (await CaseWorld.StartAsync()).SubmitAsync();
        await using var db = await world.Database.BeginAsync(CancellationToken.None);
        await db.ExecuteAsync("signals/insert_tag", new { CaseId = world.Case, Tag = "nieuw" }, CancellationToken.None);
        await db.ExecuteAsync("cases/claim", new { CaseId = world.Case }, CancellationToken.None);
        Assert.That(db.TakeWritten(), Is.EquivalentTo(["case_tags", "cases"]));
        Assert.That(db.TakeWritten(), Is.Empty);
    }

    private static string Text(CaseFile file) => JsonSerializer.Serialize(file, TrailJson.Options);
}
