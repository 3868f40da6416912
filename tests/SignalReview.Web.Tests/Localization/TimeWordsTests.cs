using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using SignalReview.Web.Localization;

namespace SignalReview.Web.Tests.Localization;

internal sealed class TimeWordsTests
{
    // A Sunday, half past midnight in Amsterdam; still Saturday in UTC.
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 23, 30, 0, TimeSpan.Zero);

    private static TimeWords Words => new(new Texts(), new FakeTimeProvider(Now));

    [TestCase("2026-11-22T15:00:00Z", "vandaag 16:00")]
    [TestCase("2026-11-21T22:59:00Z", "gisteren 23:59")]
    [TestCase("2026-11-23T08:00:00Z", "morgen 09:00")]
    [TestCase("2026-11-27T08:00:00Z", "vrijdag 09:00")]
    [TestCase("2026-12-24T08:00:00Z", "24 december 09:00")]
    [TestCase("2026-07-01T08:00:00Z", "1 juli 10:00")]
    [TestCase("2027-01-02T08:00:00Z", "2 januari 2027 09:00")]
    [SetUICulture("nl-NL"), SetCulture("nl-NL")]
    public void Moment_is_said_in_the_teams_own_time(string moment, string words)
        => Assert.That(Words.Moment(Parse(moment)), Is.EqualTo(words));

    [TestCase("2026-11-22T15:00:00Z", "vandaag voor 16:00")]
    [TestCase("2026-11-21T15:00:00Z", "verlopen: gisteren 16:00")]
    [TestCase("2026-11-24T23:00:00Z", "uiterlijk dinsdag")]
    [TestCase("2026-11-20T23:00:00Z", "verlopen: 20 november")]
    [SetUICulture("nl-NL"), SetCulture("nl-NL")]
    public void Deadline_says_whether_it_has_passed(string deadline, string words)
        => Assert.That(Words.Deadline(Parse(deadline)), Is.EqualTo(words));

    [Test]
    [SetUICulture("en-GB"), SetCulture("en-GB")]
    public void English_speaks_the_same_time()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Words.Deadline(Parse("2026-11-22T15:00:00Z")), Is.EqualTo("today before 16:00"));
            Assert.That(Words.Exact(Parse("2026-11-27T08:00:00Z")), Is.EqualTo("Fri 27 Nov 2026 09:00"));
        });
    }

    private static DateTimeOffset Parse(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
