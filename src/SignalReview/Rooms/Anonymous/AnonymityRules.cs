using SignalReview.Cases;

namespace SignalReview.Rooms.Anonymous;

/// <summary>Which mode holds for readings and for votes, and what may become of it. Pure.</summary>
internal static class AnonymityRules
{
    /// <summary>With fewer, a letter or no name hides little: each knows their own and chooses among the few that are left.</summary>
    public const int FewPeople = 5;

    /// <summary>Of one detached ballot everyone knows whose it is, of two each of the two does.</summary>
    public const int FewestInUrn = 3;

    /// <summary>
    /// Detached readings are not offered: a reading says from which position somebody reads, and is talked about; it would be detached in
    /// name only.
    /// </summary>
    public static Anonymity ForReadings(Anonymity mode) => mode == Anonymity.Detached ? Anonymity.Pseudonymous : mode;

    /// <summary>What would hold after tightening: each half as far as nothing has been given under it yet.</summary>
    public static (Anonymity Readings, Anonymity Votes) Tightened(CaseFile file, Anonymity mode) => (
        file.Interpretations.Count == 0 ? Tighter(file.ReadingAnonymity, ForReadings(mode)) : file.ReadingAnonymity,
        file.Ballots.Count == 0 ? Tighter(file.VoteAnonymity, mode) : file.VoteAnonymity);

    /// <summary>The modes that would tighten something now.</summary>
    public static IReadOnlyList<Anonymity> Possible(CaseFile file) =>
        [.. Enum.GetValues<Anonymity>().Where(mode => Tightened(file, mode) != (file.ReadingAnonymity, file.VoteAnonymity))];

    /// <summary>An urn with too few ballots stays closed: opening it would tell whose they are.</summary>
    public static bool MayOpen(CaseFile file, int round) => !file.IsDetached(round) || file.BallotsOf(round).Count() >= FewestInUrn;

    private static Anonymity Tighter(Anonymity one, Anonymity other) => (Anonymity)Math.Max((int)one, (int)other);
}
