using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Privacy.Erasure;

namespace SignalReview.Privacy;

/// <summary>What somebody can do about holds and erasures now, by the same rules as the use cases. Pure.</summary>
internal static class PrivacyActions
{
    public static IReadOnlySet<string> On(CaseFile file, IReadOnlyList<ErasureRow> erasures, Actor actor)
    {
        var officer = actor.Is(Role.PrivacyOfficer) && !file.IsErased;
        return Names(
            ("placeHold", officer),
            ("liftHold", officer),
            ("requestErasure", officer && !erasures.Any(e => e.IsOpen)));
    }

    public static IReadOnlySet<string> On(CaseFile file, ErasureRow erasure, Actor actor, bool held)
    {
        var officer = actor.Is(Role.PrivacyOfficer);
        var second = ErasureRules.MaySecond(file, actor);
        var free = !held && !file.IsErased && !ErasureRules.IsRunning(file);
        return Names(
            ("checkErasure", officer && free && erasure.State is (ErasureState.Requested or ErasureState.Checked)),
            ("approveErasure", second && free && erasure.State == ErasureState.Checked && erasure.RequestedById != actor.Person && erasure.CheckedById != actor.Person),
            ("declineErasure", (officer || second) && !file.IsErased && erasure.IsOpen),
            ("eraseCase", (officer || second) && free && erasure.State == ErasureState.Approved),
            ("certify", erasure is { State: ErasureState.Erased, DestroyedAt: not null }));
    }

    private static HashSet<string> Names(params (string Name, bool Holds)[] all) =>
        all.Where(a => a.Holds).Select(a => a.Name).ToHashSet(StringComparer.Ordinal);
}
