using System.Text.RegularExpressions;
using SignalReview.Trail.Bundles;
using SignalReview.Trail.Formats;

namespace SignalReview.Tests.Trail.Formats;

/// <summary>Each type of event has its place in the one table from our words to those of others.</summary>
internal sealed partial class EventDeedsTests
{
    /// <summary>What the source appends: a type stands beside an event's id, or is the first word to a method that appends.</summary>
    private static IEnumerable<string> Written => Directory
        .EnumerateFiles(Path.Combine(Root(), "src", "SignalReview"), "*.cs", SearchOption.AllDirectories)
        .Select(File.ReadAllText)
        .SelectMany(text => Appended().Matches(text))
        .Select(match => match.Groups["type"].Value)
        .Distinct(StringComparer.Ordinal);

    [Test]
    public void Every_type_that_the_source_writes_has_a_deed()
    {
        Assert.That(Written.Count(), Is.GreaterThan(60), "the search finds what is written");
        Assert.That(Written.Where(type => EventDeeds.Find(type) is null), Is.Empty);
    }

    [Test]
    public void Every_type_that_has_words_has_a_deed_and_the_other_way_round([Values("nl", "en")] string language)
    {
        var words = ReportLabels.For(language).EventTypes;
        Assert.That(words.Where(type => EventDeeds.Find(type) is null), Is.Empty);
        Assert.That(EventDeeds.Types.Except(words), Is.Empty);
    }

    [Test]
    public void A_type_of_a_later_version_is_told_as_something_that_the_application_did() =>
        Assert.That(EventDeeds.Of("room.sung"), Is.EqualTo(DeedForm.Of(Deed.Run)));

    [TestCase("case.read", Deed.Access)]
    [TestCase("command.refused", Deed.Refuse)]
    [TestCase("access.refused", Deed.Attest, Description = "a decision on a request, which was carried out")]
    [TestCase("subject.erased", Deed.Destroy)]
    [TestCase("emergency.opened", Deed.Emergency)]
    [TestCase("trail.alarmRaised", Deed.Alarm)]
    public void What_must_not_be_mistaken_is_where_it_belongs(string type, object deed) => Assert.That(EventDeeds.Find(type), Is.EqualTo(deed));

    internal static string Root()
    {
        var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "SignalReview.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }

    [GeneratedRegex("""(?:new PendingEvent\([^;"]*|\b(?:\w*Append\w*|CommitAsync)\((?:[\w.]+,\s*)*)"(?<type>[a-z][A-Za-z]*\.[a-z][A-Za-z]*)"(?!\s*\+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Appended();
}
