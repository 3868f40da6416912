namespace SignalReview.Trail.Bundles;

/// <summary>The sentences of report.html of a stretch of the log, besides those of <see cref="ReportTexts"/>.</summary>
internal sealed record RangeReportTexts(
    string TitlePeriod,
    string TitleEverything,
    string Intro,
    string Asked,
    string AskedValue,
    string NewDossiers,
    string Leaves,
    string LeavesValue,
    string Outside,
    string Profile,
    string ProfileFull,
    string ProfileNoBodies,
    string ProfileNoThirdParties,
    string Proof,
    string ProofPeriod,
    string ProofEverything,
    string CountsHeading,
    string TypesCaption,
    string TypeColumn,
    string MonthsCaption,
    string MonthColumn,
    string OmittedCaption,
    string OmittedColumn,
    string CountColumn,
    string RolesColumn,
    string Erased,
    string Blind,
    string Closed,
    string LeftOut,
    string OutsidePeriod)
{
    private static readonly RangeReportTexts Dutch = new(
        TitlePeriod: "Beslisspoor van een periode",
        TitleEverything: "Het hele beslisspoor",
        Intro: "Dit verslag telt wat er in dit deel van het beslisspoor staat, van alle zaken samen. Het vertelt geen enkele zaak na: vraag daarvoor het " +
            "pakket van die zaak.",
        Asked: "Gevraagde periode",
        AskedValue: "van {0} tot {1}",
        NewDossiers: "Zaken die hierin beginnen",
        Leaves: "Plekken in het spoor (leaf index)",
        LeavesValue: "{0} tot en met {1}",
        Outside: "Gebeurtenissen net buiten de periode",
        Profile: "Profiel",
        ProfileFull: "alles wat de lezer mag zien",
        ProfileNoBodies: "zonder inhoud",
        ProfileNoThirdParties: "zonder namen en woorden van collega's",
        Proof: "Bij dit verslag hoort een pakket met bewijs. Van elke gebeurtenis is een vingerafdruk (hash) berekend, en al die vingerafdrukken zijn " +
            "samengevoegd tot één (de root hash). Die ene is ondertekend (de checkpoint). Van dit deel van het spoor zitten alle koppen in het pakket: " +
            "daarmee reken je die ene vingerafdruk na. Er kan dus geen gebeurtenis ontbreken, bij zijn gekomen, veranderd zijn of op een andere plek staan.",
        ProofPeriod: "De laatste gebeurtenis vóór de periode en de eerste erna zitten er met hun kop bij, als ze er zijn. Zo zie je dat er aan de randen niets ontbreekt. " +
            "De tijden zelf zijn van de server.",
        ProofEverything: "Het pakket begint bij de allereerste gebeurtenis en eindigt bij de checkpoint.",
        CountsHeading: "Wat erin staat",
        TypesCaption: "Gebeurtenissen per soort",
        TypeColumn: "Soort",
        MonthsCaption: "Gebeurtenissen per maand",
        MonthColumn: "Maand",
        OmittedCaption: "Zonder inhoud in dit pakket",
        OmittedColumn: "Waarom",
        CountColumn: "Aantal",
        RolesColumn: "Rollen",
        Erased: "gewist",
        Blind: "nog niet onthuld",
        Closed: "afgesloten: gestopt om rechtmatigheid, of nog een concept",
        LeftOut: "weggelaten volgens het profiel",
        OutsidePeriod: "buiten de periode");

    private static readonly RangeReportTexts English = new(
        TitlePeriod: "Decision trail of a period",
        TitleEverything: "The whole decision trail",
        Intro: "This report counts what is in this part of the decision trail, of all cases together. It does not tell the story of any case: ask for that " +
            "case's own bundle.",
        Asked: "Period asked for",
        AskedValue: "from {0} until {1}",
        NewDossiers: "Cases that begin in it",
        Leaves: "Places in the trail (leaf index)",
        LeavesValue: "{0} to {1}",
        Outside: "Events just outside the period",
        Profile: "Profile",
        ProfileFull: "all that the reader may see",
        ProfileNoBodies: "without content",
        ProfileNoThirdParties: "without colleagues' names and words",
        Proof: "This report comes with a bundle of evidence. Of each event a fingerprint (hash) was computed, and all those fingerprints were combined into " +
            "one (the root hash). That one is signed (the checkpoint). Of this part of the trail all headers are in the bundle, and with them you compute that " +
            "one fingerprint yourself. So no event can be missing, added, changed or moved.",
        ProofPeriod: "The last event before the period and the first one after it are there with their headers, if they exist. So you see that nothing is missing at the edges. " +
            "The times themselves are the server's.",
        ProofEverything: "The bundle begins with the very first event and ends at the checkpoint.",
        CountsHeading: "What is in it",
        TypesCaption: "Events by kind",
        TypeColumn: "Kind",
        MonthsCaption: "Events by month",
        MonthColumn: "Month",
        OmittedCaption: "Without content in this bundle",
        OmittedColumn: "Why",
        CountColumn: "Number",
        RolesColumn: "Roles",
        Erased: "erased",
        Blind: "not revealed yet",
        Closed: "closed: stopped for legality, or still a draft",
        LeftOut: "left out by the profile",
        OutsidePeriod: "outside the period");

    public static RangeReportTexts For(string language) => language switch
    {
        "nl" => Dutch,
        "en" => English,
        _ => throw new ArgumentOutOfRangeException(nameof(language), language, "The report is written in nl or en."),
    };

    public string Because(BodyOmission omission) => omission switch
    {
        BodyOmission.Erased => Erased,
        BodyOmission.Blind => Blind,
        BodyOmission.Closed => Closed,
        BodyOmission.Profile => LeftOut,
        BodyOmission.Outside => OutsidePeriod,
    };

    public string ProfileOf(RedactionProfile profile) =>
        profile == RedactionProfile.NoBodies ? ProfileNoBodies
        : profile == RedactionProfile.NoThirdParties ? ProfileNoThirdParties
        : ProfileFull;
}
