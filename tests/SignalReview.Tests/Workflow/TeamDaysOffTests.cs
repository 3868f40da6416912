using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using SignalReview.People;
using SignalReview.Storage;
using SignalReview.Tests.Storage;
using SignalReview.Workflow;

namespace SignalReview.Tests.Workflow;

internal sealed class TeamDaysOffTests(SqlDialect dialect) : StoreSuite(dialect)
{
    private static readonly DateTimeOffset MaundyThursday = new(2026, 4, 2, 14, 0, 0, TimeSpan.Zero); // four in the afternoon in Amsterdam

    [SetUp]
    public async Task SeedAsync()
    {
        await DemoPeople.SeedAsync(Database, CancellationToken.None);
        await ApplyAsync([]);
    }

    [Test]
    public async Task The_setting_holds_for_the_team_that_it_names()
    {
        await ApplyAsync(new() { ["Teams:Staf:DaysOff"] = "goodFriday, liberationDay", ["Teams:Noord:DaysOff"] = "liberationDay" });
        using (Assert.EnterMultipleScope())
        {
            Assert.That((await HoursAsync("Staf")).DaysOff, Is.EquivalentTo(new[] { DayOff.GoodFriday, DayOff.LiberationDay }));
            Assert.That((await HoursAsync("Noord")).DaysOff, Is.EquivalentTo(new[] { DayOff.LiberationDay }));
            Assert.That((await HoursAsync("Zuid")).DaysOff, Is.Empty);
        }
    }

    [Test]
    public async Task A_deadline_counts_by_it()
    {
        var worked = WorkingTime.Add(await HoursAsync("Staf"), MaundyThursday, TimeSpan.FromHours(2));
        await ApplyAsync(new() { ["Teams:Staf:DaysOff"] = "goodFriday" });
        var off = WorkingTime.Add(await HoursAsync("Staf"), MaundyThursday, TimeSpan.FromHours(2));
        Assert.That((worked.Day, off.Day), Is.EqualTo((3, 7)));
    }

    [Test]
    public async Task What_is_no_longer_set_no_longer_holds()
    {
        await ApplyAsync(new() { ["Teams:Staf:DaysOff"] = "goodFriday" });
        await ApplyAsync(new() { ["Teams:Staf:DaysOff"] = "" });
        Assert.That((await HoursAsync("Staf")).DaysOff, Is.Empty);
    }

    [Test]
    public void A_day_that_is_not_known_stops_the_start_and_is_named() =>
        Assert.That(
            () => ApplyAsync(new() { ["Teams:Staf:DaysOff"] = "carnival" }),
            Throws.InvalidOperationException.With.Message.Contains("Teams:Staf:DaysOff").And.Message.Contains("carnival").And.Message.Contains("goodFriday"));

    private async Task ApplyAsync(Dictionary<string, string?> settings) =>
        await new TeamDaysOff(Database, new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), NullLogger<TeamDaysOff>.Instance)
            .ApplyAsync(CancellationToken.None);

    private async Task<TeamCalendar> HoursAsync(string team)
    {
        await using var db = await Database.OpenReadAsync(CancellationToken.None);
        return await TeamHours.LoadAsync(db, team, CancellationToken.None);
    }
}
