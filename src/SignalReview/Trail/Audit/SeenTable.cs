using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Storage;

namespace SignalReview.Trail.Audit;

/// <summary>Puts each round's voters against what there was to know when they voted. Pure.</summary>
internal static class SeenTable
{
    /// <param name="events">Of the trail, as far as they are shown.</param>
    /// <param name="seen">Who had seen what.</param>
    /// <param name="named">Names may be told; otherwise only how many had seen something.</param>
    public static (IReadOnlyList<SeenRound> Rounds, DateTimeOffset? LastBallot) Rounds(IReadOnlyList<TrailEvent> events, Seen seen, bool named)
    {
        var ballots = new List<(int Round, TrailEvent Event, PersonRef By, bool Detached)>();
        var rounds = new List<SeenRound>();
        var round = 0;
        DateTimeOffset? last = null;
        foreach (var item in events)
        {
            switch (item.Type)
            {
                case "vote.opened":
                    round = Round(item) ?? round + 1;
                    break;
                // A ballot under a letter shows who cast it to nobody but an auditor without a part in the case.
                case "vote.cast" or "urn.cast" when item is { At: { } at, Actor: { } by }:
                    ballots.Add((Round(item) ?? round, item, by, item.Type == "urn.cast"));
                    last = at;
                    break;
                case "votes.revealed":
                    var number = Round(item) ?? round;
                    rounds.Add(Table(number, item.At, [.. ballots.Where(b => b.Round == number).Select(b => (b.Event, b.By, b.Detached))], seen, named));
                    break;
            }
        }

        return (rounds, last);
    }

    /// <summary>What came between a moment and an event: the voters cannot have known it.</summary>
    public static IReadOnlyList<SeenItem> Since(Seen seen, DateTimeOffset after, long before) =>
        Items([.. seen.Items.Where(item => item.At > after && item.Seq < before && item.Kind is not KnownKind.Votes)]).Select(group => group.Item).ToList();

    private static SeenRound Table(int round, DateTimeOffset? revealedAt, IReadOnlyList<(TrailEvent Event, PersonRef By, bool Detached)> ballots, Seen seen, bool named)
    {
        var lastSeq = ballots.Count == 0 ? 0 : ballots.Max(b => b.Event.CaseSeq);
        var groups = Items([.. seen.Items.Where(item => item.Seq < lastSeq)]);
        var voters = ballots.Select(b => new SeenVoter(
            b.By,
            b.Event.CaseSeq,
            b.Event.At!.Value,
            b.Detached ? null : Enums.TryParse<VoteOption>(StoryTeller.Text(b.Event.Body, "option"), out var choice) ? choice : null,
            [.. groups.Select(group => Cell(group.All, seen, b.By.Id, b.Event))])).ToList();
        var seenBy = groups.Select((_, i) => voters.Count(v => v.Cells[i].State is SeenState.Seen or SeenState.Own)).ToList();
        return new(round, revealedAt, ballots.Any(b => b.Detached), [.. groups.Select(g => g.Item)], named ? voters : null, seenBy, voters.Count);
    }

    private static SeenCell Cell(IReadOnlyList<KnownItem> items, Seen seen, PersonId person, TrailEvent ballot)
    {
        var states = items.Select(item => seen.StateOf(item, person, ballot.At!.Value, ballot.CaseSeq)).ToList();
        var there = states.Where(s => s.State != SeenState.NotThere).ToList();
        var known = there.Where(s => s.State is SeenState.Seen or SeenState.Own).ToList();
        var state = there.Count == 0 ? SeenState.NotThere
            : known.Count < there.Count ? SeenState.NotOpened
            : known.All(s => s.State == SeenState.Own) ? SeenState.Own
            : SeenState.Seen;
        return new(state, known.Count == 0 ? null : known.Min(s => s.Since), known.Count, there.Count);
    }

    /// <summary>Messages are many: they make one column. So do additions, answers and what was found.</summary>
    private static IReadOnlyList<(SeenItem Item, IReadOnlyList<KnownItem> All)> Items(IReadOnlyList<KnownItem> items) =>
    [
        .. items.GroupBy(item => (item.Kind, Own: item.Kind is KnownKind.Votes or KnownKind.Decision or KnownKind.Readings or KnownKind.Dissent ? item.Seq : 0))
            .Select(group => (new SeenItem(group.Key.Kind, group.First().Seq, group.First().At, group.First().Round, group.Count()), (IReadOnlyList<KnownItem>)[.. group])),
    ];

    private static int? Round(TrailEvent item) =>
        item.Body is { ValueKind: System.Text.Json.JsonValueKind.Object } body && body.TryGetProperty("round", out var number) && number.TryGetInt32(out var round) ? round : null;
}
