using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Rooms.Anonymous;

namespace SignalReview.Consultations;

// Under what name a reading or a vote is shown. Of a letter nobody learns who it is by this view, whatever they are in the case.
internal sealed partial class BlindView
{
    private AnonymityView AnonymityOf() => new(
        file.ReadingAnonymity,
        file.VoteAnonymity,
        RoomRules.Leads(file, me) || file.Case.OwnerId == me ? AnonymityRules.Possible(file) : [],
        file.Invitations.Count(i => i.Active) < AnonymityRules.FewPeople,
        file.Voters.Count < AnonymityRules.FewPeople);

    private PersonRef ReaderRef(PersonId person) => file.ReadingAnonymity == Anonymity.Named ? Ref(person) : Lettered(PseudonymKind.Reading, person);

    private PersonRef VoterRef(PersonId person) => file.VoteAnonymity == Anonymity.Named ? Ref(person) : Lettered(PseudonymKind.Vote, person);

    /// <summary>When: with a letter only when it was revealed, for all of them the same moment.</summary>
    private DateTimeOffset ReadAt(InterpretationRow reading) =>
        file.ReadingAnonymity == Anonymity.Named ? reading.SubmittedAt : reading.RevealedAt ?? reading.SubmittedAt;

    /// <summary>With letters in their order, so that the place in the list does not tell who came first.</summary>
    private IEnumerable<InterpretationRow> InOrder(IEnumerable<InterpretationRow> readings) => file.ReadingAnonymity == Anonymity.Named
        ? readings
        : readings.OrderBy(r => Pseudonyms.Of(file, PseudonymKind.Reading, r.PersonId)?.Place);

    private IEnumerable<BallotRow> InOrder(IEnumerable<BallotRow> ballots) => file.VoteAnonymity == Anonymity.Named
        ? ballots
        : ballots.OrderBy(b => Pseudonyms.Of(file, PseudonymKind.Vote, b.PersonId)?.Place);

    /// <summary>
    /// That somebody has voted is seen by the others where votes have names. Where they have letters, who voted in one round and not in another would
    /// tell whose letter is whose.
    /// </summary>
    private bool SeesVoted(PersonId person) => file.VoteAnonymity == Anonymity.Named || person == me;

    /// <summary>The ballots of a detached round, in the order of what they say.</summary>
    private IReadOnlyList<VoteView> FromUrn(VoteRoundRow round)
    {
        var urn = file.Urns.First(u => u.Round == round.Round);
        var ballots = sight.Votes ? bodies.Find<UrnSealedBody>(urn.SealedEvent)?.Ballots ?? [] : [];
        return [.. ballots.Select((ballot, place) => Vote(new(UrnBallotId(round.Round, place), AnonymityNames.OfBallot(place), ""), ballot))];
    }

    /// <summary>Stands for nobody: the same for whoever looks, and another in each round.</summary>
    private PersonId UrnBallotId(int round, int place)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"urn\n{file.Id}\n{round}\n{place}")));
        return new(new Guid(hash.AsSpan(0, 16), bigEndian: true));
    }

    private PersonRef Lettered(PseudonymKind kind, PersonId person) => Pseudonyms.Of(file, kind, person) is { } pseudonym
        ? new(new(pseudonym.ShownId), AnonymityNames.Of(kind, pseudonym.Place, person == me), "")
        : throw new InvalidOperationException($"Somebody wrote in case {file.Id} without a letter to be shown by.");
}

/// <summary>How colleagues are called who have no name here, in the language of who reads.</summary>
internal static class AnonymityNames
{
    private static bool IsEnglish => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    public static string Of(PseudonymKind kind, int place, bool mine)
    {
        var noun = kind switch
        {
            PseudonymKind.Reading => IsEnglish ? "Reader" : "Lezer",
            PseudonymKind.Vote => IsEnglish ? "Voter" : "Stemmer",
        };
        return $"{noun} {Pseudonyms.Letter(place)}{(mine ? IsEnglish ? " (you)" : " (jij)" : "")}";
    }

    /// <summary>A ballot of a detached round: a number in a sorted pile, in each round another.</summary>
    public static string OfBallot(int place) => string.Create(CultureInfo.InvariantCulture, $"{(IsEnglish ? "Vote" : "Stem")} {place + 1}");
}
