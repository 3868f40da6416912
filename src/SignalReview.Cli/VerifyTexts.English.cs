using System.Globalization;
using SignalReview.Trail.Bundles;

namespace SignalReview.Cli;

internal sealed class EnglishVerifyTexts : VerifyTexts
{
    public override string Case => "Case";

    public override string Log => "Trail (log)";

    public override string Events => "Events";

    public override string Checkpoint => "Checkpoint";

    public override string Omitted => "Without content";

    public override string Blind => "Blind";

    public override string Since => "Continues";

    public override string None => "none";

    public override string Scope => "Scope";

    public override string Profile => "Profile";

    public override string Range => "Part of the trail";

    public override string NotJudged => "Not judged";

    public override string Proved(BundleScope scope) => scope switch
    {
        BundleScope.Case =>
            "Proved: all events of this case up to the checkpoint are in the bundle, in the right order and unchanged. So is the content that " +
            "comes with them.",
        BundleScope.Period =>
            "Proved: all events of this part of the trail are in the bundle, of all cases, in the right order and unchanged. The part begins before the period and ends " +
            "after it. So is the content that comes with them. Whether answers were blind is in the bundle of a case.",
        BundleScope.Everything =>
            "Proved: all events of the whole trail up to the checkpoint are in the bundle, of all cases, in the right order and unchanged. So is the content that " +
            "comes with them.",
    };

    public override string ScopeOf(BundleScope scope, BundlePeriod? period) => scope switch
    {
        BundleScope.Case => "one case",
        BundleScope.Period => $"a period, from {Moment(period!.Value.From)} until {Moment(period.Value.Before)}",
        BundleScope.Everything => "the whole trail",
    };

    public override string ProfileOf(string profile) => profile switch
    {
        "full" => "all that the reader may see",
        "noBodies" => "without content",
        "noThirdParties" => "without colleagues' names and words",
        _ => profile,
    };

    public override string EventsOfMany(long count, string first, string last) => $"{count}, from {first} to {last}";

    public override string Leaves(long from, long to) => $"place {from} to {to - 1}";

    public override string BlindProved(long count) => $"{count} answer(s) fixed before the reveal";

    public override string NotJudgedWhy(string file) => $"{file}: signed and whole, but this version does not know what it should say";

    public override string NotProved =>
        "Not proved: people's names, the times (they are the server's) and whether what somebody wrote is true. Whoever holds both the key " +
        "and the database can make another trail; so keep checkpoints yourself and compare them with --since.";

    public override string Headline(Verdict verdict) => verdict switch
    {
        Verdict.Valid => "VALID. This bundle is complete and unchanged.",
        Verdict.Tampered => "NOT VALID. This bundle was changed or is not of this organisation. Do not use it.",
        Verdict.Incomplete => "CANNOT BE JUDGED. This bundle is incomplete or unreadable. Ask for a new one.",
    };

    public override string EventRange(long count, string first, string last) => $"{count}, no. 1 to {count}, from {first} to {last}";

    public override string Tree(long size, string root) => $"{size} events in the whole trail, root hash {root}";

    public override string Key => "Key";

    public override string Stamped => "Time stamp";

    public override string SignedBy(string id, int handovers) => handovers > 0
        ? $"signed with key {id}, which followed yours ({handovers} {(handovers == 1 ? "handing over" : "handings over")}, each signed by both keys)"
        : $"signed with the earlier key {id}, which itself was handed over to yours";

    public override string StampedAt(string authority, long size, string time, bool trusted) =>
        $"{authority}: the first {size} events existed on {time}{(trusted ? "" : "; whether this authority is to be trusted was not checked (--tsa)")}";

    public override string SinceSize(long size) => $"the earlier checkpoint of {size} events: since then the trail only grew";

    public override string OmittedBecause(BodyOmission reason) => reason switch
    {
        BodyOmission.Erased => "erased",
        BodyOmission.Blind => "not revealed yet",
        BodyOmission.Closed => "closed",
        BodyOmission.Profile => "left out by the profile",
        BodyOmission.Outside => "outside the period",
    };

    public override string Reveal(BlindReveal reveal) =>
        $"{(reveal.Kind == BlindKind.Interpretation ? "readings" : "votes")}{(reveal.Round is { } round ? $", round {round}" : "")}: " +
        $"{reveal.Entries.Count} fixed before the reveal (no. {reveal.CaseSeq})";

    public override string Proof(BlindProof proof)
    {
        var what = proof.Kind switch
        {
            BlindKind.Interpretation => "reading",
            BlindKind.Vote => $"vote round {proof.Round?.ToString(CultureInfo.InvariantCulture) ?? "?"}",
            BlindKind.Urn => $"urn round {proof.Round?.ToString(CultureInfo.InvariantCulture) ?? "?"}",
        };
        var at = proof.Entry is { } entry ? $"nr. {entry.CaseSeq}, fixed at place {entry.LeafIndex} ({Moment(entry.At)})" : $"{proof.Event:D}";
        var until = proof.RevealLeafIndex is { } reveal ? $", revealed at place {reveal} ({Moment(proof.RevealedAt!.Value)})" : "";
        var voters = proof.Voters is { } who ? $", {who.Count} people voted" : "";
        return $"{what} {at}{voters}{until}: {ReportBlindnessTexts.For("en").Of(proof)}";
    }

    public override string Urn =>
        "Of an urn it is proved that its content was fixed before the reveal and that there are as many votes as voters, not who voted what. Whether a vote is in it " +
        "as it was given only its voter can see, by their own words.";

    public override string StillBlind(long count) => $"{count} answer(s) without a reveal in this bundle";

    public override string Where(Finding finding) =>
        finding.CaseSeq is { } seq ? $"event no. {seq}" : finding.Event is not null ? "event" : "";

    public override string More(long count) => $"… and {count} more findings.";

    public override string Unreadable(string what, string why) => $"{what} cannot be read: {why}";

    public override string Finding(FindingCode code) => code switch
    {
        FindingCode.NotAZip => "The file is not a whole zip file.",
        FindingCode.TooLarge => "The bundle is implausibly large and was not read further.",
        FindingCode.UnreadableEntry => "This file in the bundle is damaged.",
        FindingCode.MissingFile => "This file is missing.",
        FindingCode.MissingBody => "The content of this event is missing, and the bundle does not say why.",
        FindingCode.MissingProof => "The proof of this event is missing.",
        FindingCode.NoEvents => "There are no events in the bundle.",
        FindingCode.UnknownFormat => "This bundle has a form that this version does not know.",
        FindingCode.EndNotProved => "It is not proved that this is the last event: some may be missing at the end.",
        FindingCode.PeriodNotProved => "It is not proved that the whole period is in it: something may be missing at its edge.",
        FindingCode.SinceUnreadable => "The earlier checkpoint (--since) is of no use.",
        FindingCode.SinceNotProved => "The bundle holds no proof that it continues the earlier checkpoint (--since). Ask for a bundle that does.",
        FindingCode.DuplicateEntry => "This file is in it twice.",
        FindingCode.UnsafeName => "A file has a name that is not allowed.",
        FindingCode.HiddenData => "The zip file holds something that does not belong in it.",
        FindingCode.UnlistedFile => "This file does not belong to the bundle.",
        FindingCode.NotText => "This file is no longer readable text: it was changed.",
        FindingCode.BadTag => "This file about the bundle was changed.",
        FindingCode.BadManifest => "The list of files (manifest) is wrong.",
        FindingCode.HashMismatch => "This file was changed.",
        FindingCode.BadSignature => "The signature is wrong.",
        FindingCode.OtherKey => "This is not the key that you gave, or not signed with it.",
        FindingCode.BadCheckpoint => "The checkpoint does not have the right form.",
        FindingCode.BadHeader => "The header of this event was changed or is damaged.",
        FindingCode.OtherLog => "This comes from another trail.",
        FindingCode.OtherCase => "This event belongs to another case.",
        FindingCode.CaseSeqGap => "The numbering is wrong here: an event is missing or the order was changed.",
        FindingCode.DuplicateEvent => "This event is in it twice.",
        FindingCode.OrderOfLeaves => "The order is not the order in the trail.",
        FindingCode.BadProof => "This proof does not have the right form.",
        FindingCode.ProofMismatch => "The event and the proof do not belong together: one of the two was changed.",
        FindingCode.RangeMismatch => "There are more or fewer events in it than this part of the trail has.",
        FindingCode.RootMismatch => "The events do not lead to the signed fingerprint: something was changed, taken away or added.",
        FindingCode.BadBody => "The content of this event does not have the right form.",
        FindingCode.CommitmentMismatch => "The content of this event was changed.",
        FindingCode.UnknownEvent => "This belongs to an event that is not in the bundle.",
        FindingCode.BadOmission => "The list of content that was left out is wrong.",
        FindingCode.ErasureNotInTrail => "The content is said to be erased, but in the trail nothing was erased.",
        FindingCode.BadTable => "The table of events is damaged.",
        FindingCode.TableMismatch => "The table says something else than the event.",
        FindingCode.NotBlind => "The reveal is not in order here: it is not proved that this answer was blind.",
        FindingCode.BadRotation => "The handing over of the key is wrong.",
        FindingCode.RetiredKey => "Signed with a key that had been handed over by then.",
        FindingCode.BadAnchor => "The time stamp of an authority outside is wrong.",
        FindingCode.SinceInconsistent => "The trail does not continue the earlier checkpoint: history was rewritten.",
        FindingCode.BagInfoMismatch => "What is said of the bundle is not what is in it.",
    };

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
