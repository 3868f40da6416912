using SignalReview.Trail.Checking;

namespace SignalReview.Cli;

internal sealed class DutchTrailTexts : TrailTexts
{
    public override string Events => "Gebeurtenissen";

    public override string Dossiers => "Dossiers";

    public override string Erased => "Waarvan gewist";

    public override string Rows => "Rijen naast het spoor gelegd";

    public override string Checkpoints => "Bewaarde checkpoints";

    public override string Proved =>
        "Bewezen: het spoor in deze database is heel, en wat de database over zaken, lezingen, stemmen en besluiten zegt, is wat de gebeurtenissen vertellen.";

    public override string NotProved =>
        "Niet bewezen: dat niemand alles herschreef die de database, de sleutels en het geheugen van de ondertekenaar had. Daarvoor is er een checkpoint dat ergens anders ligt. " +
        "Van gewiste dossiers is alleen nog te zien dát iets gebeurde. Welke kolommen nergens naast gelegd zijn, en waarom, staat in de uitvoer met --json.";

    public override string Unreadable => "NIET TE LEZEN. Er is niets vastgesteld.";

    public override string Headline(bool sound) => sound ? "IN ORDE. De database past bij haar beslisspoor." : "GEWIJZIGD. De database past niet bij haar beslisspoor.";

    public override string More(long count) => $"… en nog {count}; de eerste duizend staan in de uitvoer met --json.";

    public override string Finding(TrailFault fault) => fault switch
    {
        TrailFault.Head => "De kop van het spoor zegt iets anders dan de gebeurtenissen.",
        TrailFault.LeafMissing => "Er ontbreekt een gebeurtenis.",
        TrailFault.LeafUnreadable => "Een gebeurtenis is niet te lezen.",
        TrailFault.LeafHash => "Een gebeurtenis is gewijzigd.",
        TrailFault.Column => "Een kolom zegt iets anders dan de gebeurtenis zelf.",
        TrailFault.CaseSeq => "De nummering van een dossier klopt niet.",
        TrailFault.Node => "De boom van hashes is gewijzigd.",
        TrailFault.Body => "De inhoud van een gebeurtenis is gewijzigd of hoort er niet bij.",
        TrailFault.BodyMissing => "De inhoud van een gebeurtenis ontbreekt, en is niet gewist.",
        TrailFault.Dossier => "Een dossier ontbreekt, of zijn sleutel past niet.",
        TrailFault.Checkpoint => "Een bewaard checkpoint klopt niet.",
        TrailFault.Signed => "Wat het laatst ondertekend is, is niet het begin van dit spoor.",
        TrailFault.CheckpointMissing => "Het checkpoint dat het laatst ondertekend is, ontbreekt.",
        TrailFault.State => "Een gegeven is anders dan de gebeurtenissen vertellen.",
        TrailFault.RowMissing => "Een rij waarvan het spoor vertelt, ontbreekt.",
        TrailFault.RowUntold => "Er is een rij waarvan geen gebeurtenis vertelt.",
        TrailFault.Sealed => "Inhoud naast de gebeurtenissen is gewijzigd of hoort er niet bij.",
        TrailFault.Document => "Een bewaard document is niet wat zijn vingerafdruk zegt.",
    };
}
