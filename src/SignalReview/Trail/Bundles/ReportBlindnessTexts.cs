namespace SignalReview.Trail.Bundles;

/// <summary>The sentences about blindness in one language.</summary>
internal sealed record ReportBlindnessTexts(
    string None,
    string AllBlind,
    string SomeNotBlind,
    string NothingRevealed,
    string Intro,
    string NotProved,
    string Urn,
    string Caption,
    string What,
    string Fixed,
    string Revealed,
    string Finding,
    string Reading,
    string Vote,
    string UrnOf,
    string Voters,
    string Place,
    string Nowhere,
    string Number,
    string Blind,
    string BlindUrn,
    string NotRevealed,
    string Changed,
    string AfterReveal,
    string LeftOut,
    string NotCommitted,
    string OtherRound,
    string UrnCount)
{
    private static readonly ReportBlindnessTexts Dutch = new(
        None: "In deze zaak is niets blind gelezen of gestemd.",
        AllBlind: "Ja: alles wat onthuld is, lag daarvoor al vast.",
        SomeNotBlind: "Nee, niet alles: bij {0} regel(s) hieronder klopt het niet.",
        NothingRevealed: "Er is nog niets onthuld.",
        Intro: "Collega's lezen en stemmen zonder elkaars antwoord te zien. Van elk antwoord staat hieronder op welke plek in het spoor (leaf index) " +
            "het is vastgelegd, met een vingerafdruk waaraan je niet ziet wat erin staat, en op welke plek het is onthuld. Een lagere plek is eerder: dat is bewezen. " +
            "De tijd is die van de server.",
        NotProved: "Niet bewezen is dat niemand langs een andere weg meekeek: over iemands schouder, of op de server zelf.",
        Urn: "Bij een losgekoppelde stemming ligt alleen vast wie er stemde. De stemmen zelf gaan in een stembus, zonder naam, tijd of volgorde. Bewezen is dat " +
            "de inhoud van de stembus vastlag vóór de onthulling, en dat er evenveel stemmen in zaten als er mensen stemden. Niet bewezen is dat elke stem erin zit zoals " +
            "die gegeven is: dat kan alleen de stemmer zelf zien, aan de eigen woorden.",
        Caption: "Elk blind antwoord: vastgelegd, onthuld, blind of niet",
        What: "Wat",
        Fixed: "Vastgelegd",
        Revealed: "Onthuld",
        Finding: "Blind?",
        Reading: "Lezing",
        Vote: "Stem ronde {0}",
        UrnOf: "Stembus ronde {0}, {1} stemmen",
        Voters: "{0} mensen stemden, op plek {1}",
        Place: "plek {0}",
        Nowhere: "ligt niet vast vóór de onthulling",
        Number: "nr. {0}",
        Blind: "ja",
        BlindUrn: "ja, de stembus als geheel",
        NotRevealed: "niet onthuld",
        Changed: "nee: de inhoud is niet wat is vastgelegd",
        AfterReveal: "nee: gegeven na de onthulling",
        LeftOut: "nee: de onthulling laat dit antwoord weg",
        NotCommitted: "nee: de onthulling noemt een antwoord dat er niet was",
        OtherRound: "nee: onthuld bij een andere ronde",
        UrnCount: "nee: het aantal stemmen is niet het aantal mensen dat stemde");

    private static readonly ReportBlindnessTexts English = new(
        None: "Nothing was read or voted blind in this case.",
        AllBlind: "Yes: all that was revealed had been fixed before.",
        SomeNotBlind: "No, not all: {0} line(s) below are not in order.",
        NothingRevealed: "Nothing was revealed yet.",
        Intro: "Colleagues read and vote without seeing each other's answer. Below stands for each answer at which place in the trail (leaf index) it was fixed, by a " +
            "fingerprint that does not tell what it says, and at which place it was revealed. A lower place is earlier: that is proved. The time is the server's.",
        NotProved: "Not proved is that nobody looked on by another way: over a shoulder, or on the server itself.",
        Urn: "In a detached vote only who voted is recorded. The votes themselves go into an urn, without name, time or order. Proved is that the content of the urn was " +
            "fixed before the reveal, and that it held as many votes as people voted. Not proved is that each vote is in it as it was given: only its voter can see that, by " +
            "their own words.",
        Caption: "Each blind answer: fixed, revealed, blind or not",
        What: "What",
        Fixed: "Fixed",
        Revealed: "Revealed",
        Finding: "Blind?",
        Reading: "Reading",
        Vote: "Vote round {0}",
        UrnOf: "Urn round {0}, {1} votes",
        Voters: "{0} people voted, at place {1}",
        Place: "place {0}",
        Nowhere: "not fixed before the reveal",
        Number: "no. {0}",
        Blind: "yes",
        BlindUrn: "yes, the urn as a whole",
        NotRevealed: "not revealed",
        Changed: "no: the content is not what was fixed",
        AfterReveal: "no: given after the reveal",
        LeftOut: "no: the reveal leaves this answer out",
        NotCommitted: "no: the reveal names an answer that was not there",
        OtherRound: "no: revealed with another round",
        UrnCount: "no: the number of votes is not the number of people who voted");

    public static ReportBlindnessTexts For(string language) => language switch
    {
        "nl" => Dutch,
        "en" => English,
        _ => throw new ArgumentOutOfRangeException(nameof(language), language, "The report is written in nl or en."),
    };

    public string Of(BlindProof proof) => proof.Verdict switch
    {
        BlindVerdict.Blind => proof.Kind == BlindKind.Urn ? BlindUrn : Blind,
        BlindVerdict.NotRevealed => NotRevealed,
        BlindVerdict.Changed => Changed,
        BlindVerdict.AfterReveal => AfterReveal,
        BlindVerdict.LeftOut => LeftOut,
        BlindVerdict.NotCommitted => NotCommitted,
        BlindVerdict.OtherRound => OtherRound,
        BlindVerdict.UrnCount => UrnCount,
    };
}
