using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SignalReview.Web.Localization;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Localization;

/// <summary>Both languages are complete, and every word a page asks for exists.</summary>
internal sealed partial class TextsTests
{
    private static readonly string Web = Path.Combine(Repository.Root, "src", "SignalReview.Web");

    private static IEnumerable<string> Areas => Directory
        .EnumerateFiles(Path.Combine(Web, "Resources"), "*.resx")
        .Select(path => Path.GetFileName(path).Split('.')[0])
        .Distinct(StringComparer.Ordinal);

    [TestCaseSource(nameof(Areas))]
    public void Dutch_and_English_have_the_same_entries_and_none_is_empty(string area)
    {
        var dutch = Entries($"{area}.resx");
        var english = Entries($"{area}.en.resx");

        Assert.Multiple(() =>
        {
            Assert.That(english.Keys, Is.EquivalentTo(dutch.Keys));
            Assert.That(dutch.Concat(english).Where(entry => string.IsNullOrWhiteSpace(entry.Value)), Is.Empty);
            foreach (var (key, text) in dutch)
            {
                Assert.That(Slots(english.GetValueOrDefault(key, "")), Is.EquivalentTo(Slots(text)), $"the {{n}} of {area}.{key}");
            }
        });
    }

    [Test]
    public void Every_key_a_page_names_exists()
    {
        var texts = new Texts();
        var files = Directory.EnumerateFiles(Web, "*.*", SearchOption.AllDirectories)
            .Where(path => path.EndsWith(".razor", StringComparison.Ordinal) || path.EndsWith(".cs", StringComparison.Ordinal))
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
        var areas = Areas.ToHashSet(StringComparer.Ordinal);
        var keys = files.SelectMany(path => Key().Matches(File.ReadAllText(path)).Select(match => (path, key: match.Groups["key"].Value)))
            .Where(found => areas.Contains(found.key.Split('.')[0]))
            .ToList();

        Assert.Multiple(() =>
        {
            Assert.That(keys, Has.Count.GreaterThan(50));
            Assert.That(keys.Where(found => texts.Find(found.key) is null).Select(found => $"{found.key} in {Path.GetFileName(found.path)}"), Is.Empty);
        });
    }

    [Test]
    public void English_stands_in_the_satellite_that_ships()
    {
        var manager = new ResourceManager("SignalReview.Web.Resources.Nav", typeof(Texts).Assembly);
        var english = manager.GetResourceSet(CultureInfo.GetCultureInfo("en"), createIfNotExists: true, tryParents: false);

        Assert.That(english?.Cast<DictionaryEntry>().Count(), Is.EqualTo(Entries("Nav.resx").Count));
    }

    [Test]
    public void An_unknown_key_is_a_bug_that_shows()
        => Assert.That(() => new Texts()["Nav.NoSuchEntry"], Throws.InstanceOf<MissingManifestResourceException>());

    private static Dictionary<string, string> Entries(string file)
        => XDocument.Load(Path.Combine(Web, "Resources", file)).Root!.Elements("data")
            .ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value, StringComparer.Ordinal);

    private static IEnumerable<string> Slots(string text) => Slot().Matches(text).Select(match => match.Value).Distinct(StringComparer.Ordinal);

    // A text's key in code: "Area.Entry" between quotes.
    [GeneratedRegex(@"""(?<key>[A-Z]\w+(\.\w+)+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Key();

    [GeneratedRegex(@"\{\d+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Slot();
}
