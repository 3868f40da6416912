using System.Globalization;
using System.Text.RegularExpressions;
using SignalReview.Cases;
using SignalReview.Web.Localization;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Api;

/// <summary>Every no that the product can say is said in words, in both languages.</summary>
internal sealed partial class RefusalTextsTests
{
    private static readonly string Source = Path.Combine(Repository.Root, "src");

    private static string Doors => SourceOf(Path.Combine("SignalReview.Web", "Api"), Path.Combine("SignalReview.Web", "Hubs"));

    private static IEnumerable<string> Codes => Found(
        RefusalCode(), SourceOf("SignalReview", "SignalReview.Web"))
        .Concat(Found(DoorCode(), Doors)).Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> FieldCodes => Found(FieldCode(), SourceOf("SignalReview")).Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> BodyReasons => Found(BodyReason(), Doors).Distinct(StringComparer.Ordinal);

    [Test]
    public void The_source_names_codes_where_this_test_looks_for_them()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Codes, Does.Contain("vote-too-late").And.Contain("case-not-found").And.Contain("busy").And.Contain("draft-outdated").And.Contain("not-joined"));
            Assert.That(Codes.Count(), Is.GreaterThan(60));
            Assert.That(FieldCodes, Is.SupersetOf(new[] { "required", "range", "tooLong", "offlineOrUnknowns", "self" }));
            Assert.That(BodyReasons, Does.Contain("json.enum").And.Contain("json.surrogate"));
        }
    }

    [Test]
    public void Every_refusal_says_what_why_and_what_now([ValueSource(nameof(Codes))] string code, [Values("nl-NL", "en-GB")] string language)
    {
        var text = In(language, texts => texts.Of(code));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(text.Title, Is.Not.Empty);
            Assert.That(text.Detail, Is.Not.Empty);
            Assert.That(text.Next, Is.Not.Empty);
            Assert.That(text.Title, Does.Not.EndWith("."));
        }
    }

    [Test]
    public void Every_field_problem_has_words([ValueSource(nameof(FieldCodes))] string code, [Values("nl-NL", "en-GB")] string language)
        => Assert.That(In(language, texts => texts.Of(new FieldProblem("some.field", code))), Is.Not.Empty);

    [Test]
    public void Every_reason_why_a_body_is_unreadable_has_words([ValueSource(nameof(BodyReasons))] string reason, [Values("nl-NL", "en-GB")] string language)
        => Assert.That(In(language, texts => texts.Reason(reason, "1", "2")), Is.Not.Empty);

    [Test]
    public void The_guide_lists_every_code_that_a_program_can_meet()
    {
        var guide = File.ReadAllText(Path.Combine(Repository.Root, "docs", "guides", "api.md"));
        var met = Found(RefusalCode(), SourceOf("SignalReview") + Doors).Concat(Found(DoorCode(), Doors)).Distinct(StringComparer.Ordinal);
        Assert.That(met.Where(code => !guide.Contains($"| `{code}` |", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void The_languages_differ([ValueSource(nameof(Codes))] string code)
        => Assert.That(In("nl-NL", texts => texts.Of(code)), Is.Not.EqualTo(In("en-GB", texts => texts.Of(code))));

    [Test]
    public void A_field_can_have_words_of_its_own()
        => Assert.That(
            In("nl-NL", texts => texts.Of(new FieldProblem("signal.reading.alternativeReading", "required"))),
            Does.Contain("andere lezing"));

    private static T In<T>(string language, Func<RefusalTexts, T> ask)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            return ask(new RefusalTexts(new Texts()));
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    private static string SourceOf(params string[] projects) => string.Concat(projects
        .SelectMany(project => Directory.EnumerateFiles(Path.Combine(Source, project), "*.cs", SearchOption.AllDirectories))
        .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .Select(File.ReadAllText));

    private static IEnumerable<string> Found(Regex pattern, string source) => pattern.Matches(source).Select(m => m.Groups["code"].Value);

    [GeneratedRegex("""(?:Refusal\.(?:Conflict|Forbidden)\(|new(?: Refusal)?\((?=\x22[a-z-]+\x22, RefusalKind))\x22(?<code>[a-z-]+)\x22""", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex RefusalCode();

    [GeneratedRegex("""(?:problems\.Of\(|texts\.Of\(|=> |new\()\x22(?<code>[a-z]+(?:-[a-z]+)+|unauthorized|forbidden|unexpected|busy)\x22(?=[,;) ]|$)""", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 5000)]
    private static partial Regex DoorCode();

    [GeneratedRegex("""(?:Add\([^\x22\n]*\x22[^\x22\n]*\x22|new FieldProblem\([^\x22\n]*(?:\x22[^\x22\n]*\x22)?|Add\(path[^,\n]*), \x22(?<code>[a-zA-Z]+)\x22\)""", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex FieldCode();

    [GeneratedRegex("""(?<code>json\.[a-z]+)\x22""", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex BodyReason();
}
