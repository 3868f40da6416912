using System.Collections.Frozen;

namespace SignalReview.Trail.Bundles;

/// <summary>
/// What a bundle leaves out on purpose. Headers and proofs are always whole; what is left out is named in the bundle. Under a name a profile
/// never comes to mean something else: a new rule is a new profile.
/// </summary>
/// <param name="Name">As it stands in bag-info.txt and omitted.jsonl.</param>
/// <param name="Names">Whether the readable files tell who people are. Headers hold opaque ids only, with every profile.</param>
/// <param name="KeptTypes">The types whose bodies are there; null for all. A list of what stays, so that a type that is new is left out.</param>
internal sealed record RedactionProfile(string Name, bool Names, FrozenSet<string>? KeptTypes)
{
    /// <summary>All that the reader may see.</summary>
    public static readonly RedactionProfile Full = new("full", Names: true, null);

    /// <summary>That it happened, when and by whom; nothing of what was written.</summary>
    public static readonly RedactionProfile NoBodies = new("noBodies", Names: true, FrozenSet<string>.Empty);

    /// <summary>
    /// What was recorded about the young person and what was decided, without colleagues: no names, and no readings, votes, messages or other
    /// words in which one colleague speaks or is spoken of. What stays is free text too, so somebody reads it before it is handed over.
    /// </summary>
    public static readonly RedactionProfile NoThirdParties = new(
        "noThirdParties",
        Names: false,
        new[]
        {
            "signal.submitted", "signal.added", "signal.stopped", "stop.handled", "image.attached", "image.removed",
            "case.drafted", "case.closed", "case.stopped", "case.withdrawn", "case.reopened", "case.escalated", "case.reviewed",
            "decision.made", "decision.approved", "followup.planned", "followup.completed",
            "interpretations.revealed", "votes.revealed", "vote.opened", "urn.cast", "anonymity.tightened",
            "step.asked", "step.completed", "deadline.fired", "deadline.extended", "deadline.paused", "deadline.resumed",
            "subject.erased",
        }.ToFrozenSet(StringComparer.Ordinal));

    public static readonly IReadOnlyList<RedactionProfile> All = [Full, NoBodies, NoThirdParties];

    public static RedactionProfile? Find(string? name) => All.FirstOrDefault(p => p.Name == name);

    public bool Keeps(string type) => KeptTypes?.Contains(type) ?? true;
}
