using System.Collections.Frozen;
using System.Globalization;
using SignalReview.Workflow;

namespace SignalReview.Privacy.AccessRequests;

/// <summary>The fixed words of what a requester gets, in one language. What the law asks to be told stands in the organisation's rules.</summary>
internal sealed record AccessTexts(
    string Language,
    string Title,
    string Made,
    string Organisation,
    string Pseudonym,
    string KeptUntil,
    string KeptNotKnown,
    string Ground,
    string HowToRead,
    string Story,
    string By,
    string Looks,
    string LooksIntro,
    string LookWhen,
    string LookRole,
    string LookWhat,
    string NoLooks,
    string Omitted,
    string OmittedCount,
    string Nothing,
    string Erased,
    string NeverRevealed,
    string Stopped,
    string Images,
    string Colleague,
    string AColleague,
    FrozenDictionary<string, string> Views,
    FrozenDictionary<MarkKind, string> Marks)
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById(TeamCalendar.DefaultZone);

    public static readonly AccessTexts Dutch = new(
        Language: "nl",
        Title: "Wat wij over jou hebben vastgelegd",
        Made: "Gemaakt op",
        Organisation: "Organisatie",
        Pseudonym: "Zo heet je in deze zaak",
        KeptUntil: "Wij bewaren dit tot",
        KeptNotKnown: "zolang de zaak loopt; daarna geldt een vaste termijn",
        Ground: "Op grond van",
        HowToRead: "Namen van collega's staan er niet in, wel wat hun rol was. Waar iets over een ander gaat, staat er tussen vierkante haken wat er is weggelaten.",
        Story: "Wat er is vastgelegd",
        By: "door",
        Looks: "Wie er in de zaak keek",
        LooksIntro: "Elke keer dat iemand de zaak opende, is dat bewaard.",
        LookWhen: "Wanneer",
        LookRole: "Rol",
        LookWhat: "Wat",
        NoLooks: "Niemand keek in de zaak.",
        Omitted: "Wat er niet in staat",
        OmittedCount: "{0} keer",
        Nothing: "Er is niets weggelaten.",
        Erased: "De inhoud is gewist.",
        NeverRevealed: "Een lezing of stem die nooit is getoond.",
        Stopped: "De zaak is gestopt; wat er stond mag niemand meer zien.",
        Images: "Een beeld. Wat erop staat is wel beschreven; vraag ons als je het zelf wilt zien.",
        Colleague: "collega",
        AColleague: "een collega",
        Views: new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["case"] = "de zaak",
            ["room"] = "de overlegruimte",
            ["minutes"] = "het verslag",
            ["decide"] = "het besluit",
            ["trail"] = "het beslisspoor",
            ["image"] = "een beeld",
            ["access"] = "de zaak, om dit overzicht te maken",
            ["draft"] = "een eigen concept",
        }.ToFrozenDictionary(StringComparer.Ordinal),
        Marks: new Dictionary<MarkKind, string>
        {
            [MarkKind.OtherPerson] = "[een ander]",
            [MarkKind.Colleague] = "[een collega]",
            [MarkKind.AboutOther] = "[weggelaten: gaat over een ander]",
        }.ToFrozenDictionary());

    public static readonly AccessTexts English = new(
        Language: "en",
        Title: "What we have recorded about you",
        Made: "Made on",
        Organisation: "Organisation",
        Pseudonym: "What you are called in this case",
        KeptUntil: "We keep this until",
        KeptNotKnown: "as long as the case runs; after that a fixed period holds",
        Ground: "On the ground of",
        HowToRead: "Colleagues' names are not in it, their roles are. Where something is about somebody else, square brackets say what was left out.",
        Story: "What was recorded",
        By: "by",
        Looks: "Who looked at the case",
        LooksIntro: "Every time that somebody opened the case was kept.",
        LookWhen: "When",
        LookRole: "Role",
        LookWhat: "What",
        NoLooks: "Nobody looked at the case.",
        Omitted: "What is not in it",
        OmittedCount: "{0} times",
        Nothing: "Nothing was left out.",
        Erased: "The content was erased.",
        NeverRevealed: "A reading or vote that was never shown.",
        Stopped: "The case was stopped; nobody may see any more what it said.",
        Images: "An image. What it shows is described; ask us if you want to see it yourself.",
        Colleague: "colleague",
        AColleague: "a colleague",
        Views: new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["case"] = "the case",
            ["room"] = "the room",
            ["minutes"] = "the minutes",
            ["decide"] = "the decision",
            ["trail"] = "the decision trail",
            ["image"] = "an image",
            ["access"] = "the case, to make this overview",
            ["draft"] = "a draft of their own",
        }.ToFrozenDictionary(StringComparer.Ordinal),
        Marks: new Dictionary<MarkKind, string>
        {
            [MarkKind.OtherPerson] = "[somebody else]",
            [MarkKind.Colleague] = "[a colleague]",
            [MarkKind.AboutOther] = "[left out: about somebody else]",
        }.ToFrozenDictionary());

    public CultureInfo Culture => CultureInfo.GetCultureInfo(Language == "en" ? "en-GB" : "nl-NL");

    /// <param name="language">"nl" or "en".</param>
    public static AccessTexts For(string language) => language switch
    {
        "nl" => Dutch,
        "en" => English,
        _ => throw new ArgumentOutOfRangeException(nameof(language), language, "The overview is written in nl or en."),
    };

    public string Removed(MarkKind kind) => Marks[kind];

    public string Moment(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, Zone).ToString("d MMMM yyyy HH:mm", Culture);

    public string Day(DateOnly day) => day.ToString("d MMMM yyyy", Culture);
}
