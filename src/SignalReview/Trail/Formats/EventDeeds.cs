using System.Collections.Frozen;

namespace SignalReview.Trail.Formats;

/// <summary>
/// The one table from the trail's types to what other worlds know. A type that somebody adds must get its place here: a test holds the table
/// against the types that the source writes.
/// </summary>
internal static class EventDeeds
{
    private static readonly (Deed Deed, string Types)[] Table =
    [
        (Deed.Originate,
            "case.drafted signal.submitted question.asked interpretation.submitted room.opened discussion.opened message.said vote.opened vote.cast urn.cast urn.sealed "
            + "dissent.stated decision.made followup.planned minutes.proposed finding.raised image.attached access.registered access.fileMade erasure.requested retention.rulesProposed"),
        (Deed.Amend,
            "signal.added question.answered question.marked message.edited minutes.noted options.chosen anonymity.tightened case.escalated case.transferred case.reviewed "
            + "decision.returned followup.completed dissent.compared dissent.closed dissent.waived dissent.asked reveal.asked round.again missing.checked missing.unchecked enquiry.taken "
            + "enquiry.left enquiry.reported enquiry.answered clarifying.finished comparing.finished callcard.shown stop.handled reader.ready finding.replied finding.closed "
            + "retention.reckoned retention.objected retention.postponed retention.objectionDeclined retention.groundSet retention.rulesSentBack retention.rulesActivated "
            + "access.extended access.caseAdded access.requested access.marked access.answered access.fileReturned"),
        (Deed.Retract, "message.retracted minutes.takenBack image.removed access.fileExpired export.cancelled export.expired"),
        (Deed.Activate, "case.reopened"),
        (Deed.Deactivate, "case.closed case.withdrawn case.stopped signal.stopped room.harvested"),
        (Deed.Attest, "decision.approved minutes.answered minutes.fixed erasure.checked erasure.approved erasure.declined erasure.certified access.granted access.refused "
            + "access.fileApproved emergency.reviewed export.judged trail.alarmAcknowledged"),
        (Deed.Access, "case.read trail.read trail.polled statistics.read interpretations.revealed votes.revealed"),
        (Deed.Query, "list.read access.searched sample.drawn"),
        (Deed.Export, "trail.exported export.asked export.built"),
        (Deed.Disclose, "export.downloaded access.fileGiven"),
        (Deed.Grant, "reader.invited reader.accepted reader.declined reader.expired reader.replaced facilitator.appointed coFacilitator.appointed coFacilitator.withdrawn"),
        (Deed.Emergency, "emergency.opened"),
        (Deed.Hold, "hold.placed"),
        (Deed.Unhold, "hold.lifted"),
        (Deed.Destroy, "subject.erased"),
        (Deed.Restore, "backup.restored"),
        (Deed.Secure, "trail.keyRotated trail.wrappingKeyRotated trail.wrappingKeyRemoved"),
        (Deed.Run, "step.asked step.completed deadline.fired deadline.reminded deadline.extended deadline.paused deadline.resumed workflow.healed workflow.takenOver room.joined room.clock "
            + "room.timeUp room.phase hand.raised hand.lowered floor.given floor.ended retention.noticed"),
        (Deed.Alarm, "trail.alarmRaised"),
        (Deed.Fail, "export.failed"),
        (Deed.Refuse, "command.refused"),
    ];

    private static readonly FrozenDictionary<string, Deed> ByType = Table
        .SelectMany(row => row.Types.Split(' ').Select(type => (Type: type, row.Deed)))
        .ToFrozenDictionary(pair => pair.Type, pair => pair.Deed, StringComparer.Ordinal);

    public static IReadOnlyCollection<string> Types => ByType.Keys;

    /// <summary>
    /// A type of a newer version, which stands in a bundle that this one is given, is still told: as something that the application did, under its own
    /// name. Left out it would be missed.
    /// </summary>
    public static DeedForm Of(string type) => DeedForm.Of(ByType.GetValueOrDefault(type, Deed.Run));

    public static Deed? Find(string type) => ByType.TryGetValue(type, out var deed) ? deed : null;
}
