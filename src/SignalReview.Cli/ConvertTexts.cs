using SignalReview.Trail.Formats;

namespace SignalReview.Cli;

/// <summary>What <c>signalreview convert</c> says beside what <c>verify</c> says, in one language.</summary>
internal abstract class ConvertTexts
{
    public static readonly ConvertTexts Dutch = new InDutch();
    public static readonly ConvertTexts English = new InEnglish();

    public abstract string NeedsOut { get; }

    public abstract string NeedsStatement { get; }

    public abstract string OneCase { get; }

    public abstract string Exists(string file);

    public abstract string Statement(string file);

    public abstract string Fault(MdtoFault fault);

    public abstract string Done(long events, string file);

    private sealed class InDutch : ConvertTexts
    {
        public override string NeedsOut => "MDTO wordt een zip met meer bestanden. Geef met --out op waar die komt, bijvoorbeeld --out zaak.mdto.zip.";

        public override string NeedsStatement =>
            "MDTO vraagt wat alleen de organisatie kan zeggen, zoals wie archiefvormer is. Geef dat in een bestand met --mdto; docs/guides/formats.md heeft een voorbeeld.";

        public override string OneCase => "MDTO beschrijft het dossier van één zaak, en dit pakket is van een periode of van het hele spoor. Neem het pakket van een zaak.";

        public override string Exists(string file) => $"{file} bestaat al en wordt niet overschreven. Kies een andere naam of haal het weg.";

        public override string Statement(string file) => $"In {file} staat niet alles wat MDTO vraagt. Vul dit aan:";

        public override string Fault(MdtoFault fault) => fault switch
        {
            MdtoFault.Missing => "ontbreekt of is leeg",
            MdtoFault.Appraisal => "is B (blijvend te bewaren) of V (tijdelijk te bewaren)",
            MdtoFault.Language => "is een taalcode, zoals nl",
            MdtoFault.Together => "ontbreekt: kenmerk en bron horen bij elkaar",
        };

        public override string Done(long events, string file) => $"GELDIG. {events} gebeurtenissen omgezet: {file}";
    }

    private sealed class InEnglish : ConvertTexts
    {
        public override string NeedsOut => "MDTO becomes a zip of several files. Say with --out where it goes, such as --out case.mdto.zip.";

        public override string NeedsStatement =>
            "MDTO asks what only the organisation can say, such as who made the archive. Give it in a file with --mdto; docs/guides/formats.md has an example.";

        public override string OneCase => "MDTO describes the dossier of one case, and this bundle is of a period or of the whole trail. Take a case's bundle.";

        public override string Exists(string file) => $"{file} is there already and is not overwritten. Choose another name or take it away.";

        public override string Statement(string file) => $"{file} does not say all that MDTO asks. Please complete it:";

        public override string Fault(MdtoFault fault) => fault switch
        {
            MdtoFault.Missing => "is missing or empty",
            MdtoFault.Appraisal => "is B (kept for good) or V (kept for a time)",
            MdtoFault.Language => "is the code of a language, such as nl",
            MdtoFault.Together => "is missing: kenmerk and bron belong together",
        };

        public override string Done(long events, string file) => $"VALID. {events} events converted: {file}";
    }
}
