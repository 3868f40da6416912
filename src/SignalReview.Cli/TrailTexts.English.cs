using SignalReview.Trail.Checking;

namespace SignalReview.Cli;

internal sealed class EnglishTrailTexts : TrailTexts
{
    public override string Events => "Events";

    public override string Dossiers => "Dossiers";

    public override string Erased => "Of which erased";

    public override string Rows => "Rows held against the trail";

    public override string Checkpoints => "Kept checkpoints";

    public override string Proved =>
        "Proved: the trail in this database is whole, and what the database says of cases, readings, votes and decisions is what the events tell.";

    public override string NotProved =>
        "Not proved: that nobody rewrote all of it who held the database, the keys and the signer's memory. For that there is a checkpoint that lies elsewhere. " +
        "Of erased dossiers it can only be seen that something happened. Which columns are held against nothing, and why, stands in the output with --json.";

    public override string Unreadable => "COULD NOT BE READ. Nothing was established.";

    public override string Headline(bool sound) => sound ? "SOUND. The database fits its decision trail." : "TAMPERED WITH. The database does not fit its decision trail.";

    public override string More(long count) => $"… and {count} more; the first thousand stand in the output with --json.";

    public override string Finding(TrailFault fault) => fault switch
    {
        TrailFault.Head => "The trail's head says something else than the events.",
        TrailFault.LeafMissing => "An event is missing.",
        TrailFault.LeafUnreadable => "An event cannot be read.",
        TrailFault.LeafHash => "An event was changed.",
        TrailFault.Column => "A column says something else than the event itself.",
        TrailFault.CaseSeq => "The numbers of a dossier are wrong.",
        TrailFault.Node => "The tree of hashes was changed.",
        TrailFault.Body => "The content of an event was changed, or is not its own.",
        TrailFault.BodyMissing => "The content of an event is missing, and was not erased.",
        TrailFault.Dossier => "A dossier is missing, or its key does not fit.",
        TrailFault.Checkpoint => "A kept checkpoint is wrong.",
        TrailFault.Signed => "What was signed last is not the beginning of this trail.",
        TrailFault.CheckpointMissing => "The checkpoint that was signed last is missing.",
        TrailFault.State => "Something is other than the events tell.",
        TrailFault.RowMissing => "A row that the trail tells of is missing.",
        TrailFault.RowUntold => "A row is there that no event tells of.",
        TrailFault.Sealed => "Content beside the events was changed, or is not its own.",
        TrailFault.Document => "A kept document is not what its fingerprint says.",
    };
}
