using System.Globalization;
using SignalReview.Trail.Bundles;

namespace SignalReview.Cli;

internal sealed class DutchVerifyTexts : VerifyTexts
{
    public override string Case => "Casus";

    public override string Log => "Spoor (log)";

    public override string Events => "Gebeurtenissen";

    public override string Checkpoint => "Checkpoint";

    public override string Omitted => "Zonder inhoud";

    public override string Blind => "Blind";

    public override string Since => "Vervolg op";

    public override string None => "geen";

    public override string Scope => "Omvang";

    public override string Profile => "Profiel";

    public override string Range => "Deel van het spoor";

    public override string NotJudged => "Niet beoordeeld";

    public override string Proved(BundleScope scope) => scope switch
    {
        BundleScope.Case =>
            "Bewezen: alle gebeurtenissen van deze zaak tot aan de checkpoint zitten in het pakket, in de juiste volgorde en onveranderd. " +
            "Dat geldt ook voor de inhoud die erbij zit.",
        BundleScope.Period =>
            "Bewezen: van dit deel van het spoor zitten alle gebeurtenissen in het pakket, van alle zaken, in de juiste volgorde en onveranderd. Het deel begint vóór de " +
            "periode en eindigt erna. Dat geldt ook voor de inhoud die erbij zit. Of antwoorden blind waren, zie je in het pakket van een zaak.",
        BundleScope.Everything =>
            "Bewezen: alle gebeurtenissen van het hele spoor tot aan de checkpoint zitten in het pakket, van alle zaken, in de juiste volgorde en onveranderd. " +
            "Dat geldt ook voor de inhoud die erbij zit.",
    };

    public override string ScopeOf(BundleScope scope, BundlePeriod? period) => scope switch
    {
        BundleScope.Case => "één zaak",
        BundleScope.Period => $"een periode, van {Moment(period!.Value.From)} tot {Moment(period.Value.Before)}",
        BundleScope.Everything => "het hele spoor",
    };

    public override string ProfileOf(string profile) => profile switch
    {
        "full" => "alles wat de lezer mag zien",
        "noBodies" => "zonder inhoud",
        "noThirdParties" => "zonder namen en woorden van collega's",
        _ => profile,
    };

    public override string EventsOfMany(long count, string first, string last) => $"{count}, van {first} tot en met {last}";

    public override string Leaves(long from, long to) => $"plek {from} tot en met {to - 1}";

    public override string BlindProved(long count) => $"{count} antwoord(en) vastgelegd vóór de onthulling";

    public override string NotJudgedWhy(string file) => $"{file}: ondertekend en heel, maar deze versie weet niet wat erin moet staan";

    public override string NotProved =>
        "Niet bewezen: de namen van mensen, de tijden (die zijn van de server) en of het waar is wat iemand schreef. Wie de sleutel én de " +
        "database heeft, kan een ander spoor maken; bewaar daarom zelf checkpoints en vergelijk ze met --since.";

    public override string Headline(Verdict verdict) => verdict switch
    {
        Verdict.Valid => "GELDIG. Dit pakket is compleet en onveranderd.",
        Verdict.Tampered => "NIET GELDIG. Dit pakket is veranderd of niet van deze organisatie. Gebruik het niet.",
        Verdict.Incomplete => "NIET TE BEOORDELEN. Dit pakket is onvolledig of onleesbaar. Vraag een nieuw pakket.",
    };

    public override string EventRange(long count, string first, string last) => $"{count}, nr. 1 tot en met {count}, van {first} tot en met {last}";

    public override string Tree(long size, string root) => $"{size} gebeurtenissen in het hele spoor, root hash {root}";

    public override string Key => "Sleutel";

    public override string Stamped => "Tijdstempel";

    public override string SignedBy(string id, int handovers) => handovers > 0
        ? $"ondertekend met sleutel {id}, die op de jouwe volgde ({handovers} {(handovers == 1 ? "overdracht" : "overdrachten")}, elk door beide sleutels ondertekend)"
        : $"ondertekend met de eerdere sleutel {id}, die zelf aan de jouwe is overgedragen";

    public override string StampedAt(string authority, long size, string time, bool trusted) =>
        $"{authority}: de eerste {size} gebeurtenissen bestonden op {time}{(trusted ? "" : "; of deze dienst te vertrouwen is, is niet gecontroleerd (--tsa)")}";

    public override string SinceSize(long size) => $"de eerdere checkpoint van {size} gebeurtenissen: het spoor ging daarna alleen verder";

    public override string OmittedBecause(BodyOmission reason) => reason switch
    {
        BodyOmission.Erased => "gewist",
        BodyOmission.Blind => "nog niet onthuld",
        BodyOmission.Closed => "afgesloten",
        BodyOmission.Profile => "weggelaten volgens het profiel",
        BodyOmission.Outside => "buiten de periode",
    };

    public override string Reveal(BlindReveal reveal) =>
        $"{(reveal.Kind == BlindKind.Interpretation ? "lezingen" : "stemmen")}{(reveal.Round is { } round ? $", ronde {round}" : "")}: " +
        $"{reveal.Entries.Count} vastgelegd vóór de onthulling (nr. {reveal.CaseSeq})";

    public override string Proof(BlindProof proof)
    {
        var what = proof.Kind switch
        {
            BlindKind.Interpretation => "lezing",
            BlindKind.Vote => $"stem ronde {proof.Round?.ToString(CultureInfo.InvariantCulture) ?? "?"}",
            BlindKind.Urn => $"stembus ronde {proof.Round?.ToString(CultureInfo.InvariantCulture) ?? "?"}",
        };
        var at = proof.Entry is { } entry ? $"nr. {entry.CaseSeq}, vastgelegd op plek {entry.LeafIndex} ({Moment(entry.At)})" : $"{proof.Event:D}";
        var until = proof.RevealLeafIndex is { } reveal ? $", onthuld op plek {reveal} ({Moment(proof.RevealedAt!.Value)})" : "";
        var voters = proof.Voters is { } who ? $", {who.Count} mensen stemden" : "";
        return $"{what} {at}{voters}{until}: {ReportBlindnessTexts.For("nl").Of(proof)}";
    }

    public override string Urn =>
        "Van een stembus is bewezen dat de inhoud vastlag vóór de onthulling en dat er evenveel stemmen als stemmers zijn, niet wie wat stemde. Of een stem erin zit " +
        "zoals die gegeven is, ziet alleen de stemmer zelf, aan de eigen woorden.";

    public override string StillBlind(long count) => $"{count} antwoord(en) zonder onthulling in dit pakket";

    public override string Where(Finding finding) =>
        finding.CaseSeq is { } seq ? $"gebeurtenis nr. {seq}" : finding.Event is not null ? "gebeurtenis" : "";

    public override string More(long count) => $"… en nog {count} bevindingen.";

    public override string Unreadable(string what, string why) => $"{what} is niet te lezen: {why}";

    public override string Finding(FindingCode code) => code switch
    {
        FindingCode.NotAZip => "Het bestand is geen heel zipbestand.",
        FindingCode.TooLarge => "Het pakket is onwaarschijnlijk groot en is niet verder gelezen.",
        FindingCode.UnreadableEntry => "Dit bestand in het pakket is beschadigd.",
        FindingCode.MissingFile => "Dit bestand ontbreekt.",
        FindingCode.MissingBody => "De inhoud van deze gebeurtenis ontbreekt, zonder dat het pakket zegt waarom.",
        FindingCode.MissingProof => "Het bewijs van deze gebeurtenis ontbreekt.",
        FindingCode.NoEvents => "Er zitten geen gebeurtenissen in het pakket.",
        FindingCode.UnknownFormat => "Dit pakket heeft een vorm die deze versie niet kent.",
        FindingCode.EndNotProved => "Het is niet bewezen dat dit de laatste gebeurtenis is: er kunnen er aan het einde ontbreken.",
        FindingCode.PeriodNotProved => "Het is niet bewezen dat de hele periode erin zit: aan de rand kan iets ontbreken.",
        FindingCode.SinceUnreadable => "De eerdere checkpoint (--since) is niet bruikbaar.",
        FindingCode.SinceNotProved => "Het pakket bevat geen bewijs dat het op de eerdere checkpoint (--since) verdergaat. Vraag een pakket dat daarbij aansluit.",
        FindingCode.DuplicateEntry => "Dit bestand zit er twee keer in.",
        FindingCode.UnsafeName => "Een bestand heeft een naam die niet mag.",
        FindingCode.HiddenData => "Er staat iets in het zipbestand dat er niet hoort.",
        FindingCode.UnlistedFile => "Dit bestand hoort niet bij het pakket.",
        FindingCode.NotText => "Dit bestand is geen leesbare tekst meer: het is veranderd.",
        FindingCode.BadTag => "Dit bestand over het pakket is veranderd.",
        FindingCode.BadManifest => "De lijst van bestanden (manifest) klopt niet.",
        FindingCode.HashMismatch => "Dit bestand is veranderd.",
        FindingCode.BadSignature => "De handtekening klopt niet.",
        FindingCode.OtherKey => "Dit is niet de sleutel die je opgaf, of er niet mee ondertekend.",
        FindingCode.BadCheckpoint => "De checkpoint heeft niet de goede vorm.",
        FindingCode.BadHeader => "De kop van deze gebeurtenis is veranderd of beschadigd.",
        FindingCode.OtherLog => "Dit komt uit een ander spoor.",
        FindingCode.OtherCase => "Deze gebeurtenis hoort bij een andere zaak.",
        FindingCode.CaseSeqGap => "De nummering klopt hier niet: er ontbreekt een gebeurtenis of de volgorde is veranderd.",
        FindingCode.DuplicateEvent => "Deze gebeurtenis staat er twee keer in.",
        FindingCode.OrderOfLeaves => "De volgorde klopt niet met de volgorde in het spoor.",
        FindingCode.BadProof => "Dit bewijs heeft niet de goede vorm.",
        FindingCode.ProofMismatch => "De gebeurtenis en het bewijs horen niet bij elkaar: een van de twee is veranderd.",
        FindingCode.RangeMismatch => "Er zitten meer of minder gebeurtenissen in dan dit deel van het spoor heeft.",
        FindingCode.RootMismatch => "De gebeurtenissen leiden niet naar de ondertekende vingerafdruk: er is iets veranderd, weggehaald of toegevoegd.",
        FindingCode.BadBody => "De inhoud van deze gebeurtenis heeft niet de goede vorm.",
        FindingCode.CommitmentMismatch => "De inhoud van deze gebeurtenis is veranderd.",
        FindingCode.UnknownEvent => "Dit hoort bij een gebeurtenis die niet in het pakket zit.",
        FindingCode.BadOmission => "De lijst van weggelaten inhoud klopt niet.",
        FindingCode.ErasureNotInTrail => "De inhoud heet gewist, maar in het spoor is niets gewist.",
        FindingCode.BadTable => "De tabel met gebeurtenissen is beschadigd.",
        FindingCode.TableMismatch => "De tabel zegt iets anders dan de gebeurtenis.",
        FindingCode.NotBlind => "De onthulling klopt hier niet: van dit antwoord is niet bewezen dat het blind was.",
        FindingCode.BadRotation => "De overdracht van de sleutel klopt niet.",
        FindingCode.RetiredKey => "Ondertekend met een sleutel die toen al was overgedragen.",
        FindingCode.BadAnchor => "Het tijdstempel van een dienst van buiten klopt niet.",
        FindingCode.SinceInconsistent => "Het spoor is niet het vervolg op de eerdere checkpoint: de geschiedenis is herschreven.",
        FindingCode.BagInfoMismatch => "De gegevens over het pakket kloppen niet met wat erin zit.",
    };

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
