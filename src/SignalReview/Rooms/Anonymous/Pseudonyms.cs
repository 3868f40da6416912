using System.Security.Cryptography;
using SignalReview.Cases;

namespace SignalReview.Rooms.Anonymous;

/// <summary>
/// The letters by which colleagues know each other's readings and votes in a pseudonymous case. Drawn by lot among many more letters than there
/// are people, so that neither a letter nor a gap tells who was asked, read or voted first.
/// </summary>
internal static class Pseudonyms
{
    /// <summary>Without I and O, which look like figures.</summary>
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZ";

    /// <summary>Up to so many people one letter is enough to choose freely.</summary>
    private const int FewEnoughForOne = 12;

    public static PseudonymRow? Of(CaseFile file, PseudonymKind kind, People.PersonId person) =>
        file.Pseudonyms.FirstOrDefault(p => p.Kind == kind && p.PersonId == person);

    /// <summary>Gives who acts a letter, once.</summary>
    public static async Task AssignAsync(Work work, PseudonymKind kind, CancellationToken ct)
    {
        if (Of(work.File, kind, work.Me) is not null)
        {
            return;
        }

        var taken = work.File.Pseudonyms.Where(p => p.Kind == kind).Select(p => p.Place).ToHashSet();
        await work.ExecuteAsync(
            "anonymity/insert_pseudonym",
            new { CaseId = work.Case, Kind = kind, PersonId = work.Me, Place = Draw(taken, work.File.Voters.Count), ShownId = NewId() },
            ct);
    }

    /// <summary>A, B, … Z for the first places, then AA, AB, …</summary>
    public static string Letter(int place) => place < Letters.Length
        ? Letters[place].ToString()
        : $"{Letters[(place / Letters.Length) - 1]}{Letters[place % Letters.Length]}";

    /// <param name="taken">The places that are gone.</param>
    /// <param name="people">How many take part.</param>
    internal static int Draw(IReadOnlySet<int> taken, int people)
    {
        var all = people <= FewEnoughForOne && taken.Count < Letters.Length ? Letters.Length : Letters.Length * Letters.Length;
        var free = Enumerable.Range(0, all).Where(p => !taken.Contains(p)).ToList();
        return free[RandomNumberGenerator.GetInt32(free.Count)];
    }

    /// <summary>No time in it, unlike the ids of events: it must not tell when somebody first acted.</summary>
    private static Guid NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new(bytes, bigEndian: true);
    }
}
