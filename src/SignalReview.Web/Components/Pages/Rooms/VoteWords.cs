using System.Globalization;
using SignalReview.Consultations;
using SignalReview.Rooms;
using SignalReview.Rooms.Tallies;
using SignalReview.Web.Localization;

namespace SignalReview.Web.Components.Pages.Rooms;

/// <summary>Votes in words, by any method. What leads is told as advice; what is level or refused is told as just that.</summary>
internal sealed class VoteWords(Texts texts)
{
    /// <summary>One ballot's answer, in a line.</summary>
    public string Answer(VoteView vote) => vote switch
    {
        { Position: { } position } => texts.Of(position),
        { Option: { } option } => texts.Of(option),
        { Scores: { Count: > 0 } scores } => Highest(scores),
        { Ranking: { Count: > 0 } ranking } => string.Join(" · ", ranking.Select((option, place) => $"{place + 1}. {texts.Of(option)}")),
        _ => texts["Votes.Abstained"],
    };

    public string Stand(Stand stand) => stand switch
    {
        { Position: { } position } => texts.Of(position),
        { Option: { } option } => texts.Of(option),
        { Kind: StandKind.Several } => texts["Votes.StandSeveral"],
        { Kind: StandKind.Absent } => texts["Votes.StandAbsent"],
        _ => texts["Votes.Abstained"],
    };

    /// <summary>What a round came to, in a sentence or two.</summary>
    public string Outcome(RoundView round) => round.Tally switch
    {
        { Answered: 0 } => texts["Votes.NobodyAnswered"],
        { Consent: { } consent } => Consent(consent),
        { Scores: { Count: > 0 } scores } => Scores(round.Tally.Leading, scores),
        { Ranking: { } ranking } => Ranking(round.Tally.Leading, ranking),
        var tally => tally.Leading.Count == 1 ? texts["Votes.Leading", texts.Of(tally.Leading[0])] : texts["Votes.Level", Options(tally.Leading)],
    };

    /// <summary>What the round advises, or why it advises nothing; for a sentence that goes on.</summary>
    public string? Advised(RoundView round) => round.Tally.Leading.Count > 0 ? Options(round.Tally.Leading) : null;

    /// <summary>From what an outcome departs, said to who is about to decide; null where nothing is departed from.</summary>
    public string? DepartsFrom(RoundView round) => round.Tally switch
    {
        { Consent: { Passed: false, Object: > 0 } refused } => texts["Votes.DepartsRefused", texts.Of(refused.Proposal)],
        { Leading: { Count: > 0 } leading } => texts["Votes.DepartsLeading", Options(leading)],
        _ => null,
    };

    /// <summary>How often an option was favoured, beside it where one decides.</summary>
    public string? BesideOption(RoundView round, VoteOption option) => round.Tally switch
    {
        { Counts: { } counts } => counts.FirstOrDefault(c => c.Option == option) is { } count ? texts["Votes.Chosen", count.Votes, round.Votes.Count] : null,
        { Consent: { } consent } when consent.Proposal == option => texts["Votes.ProposedWith", consent.Agree, consent.AgreeWithConcern, consent.Object],
        { Scores: { } scores } => scores.FirstOrDefault(s => s.Option == option) is { } line ? texts["Votes.MeanOf", Number(line.Mean)] : null,
        { Ranking: { } ranking } => ranking.Lines.FirstOrDefault(l => l.Option == option) is { First: > 0 } line ? texts["Votes.FirstOf", line.First, round.Votes.Count] : null,
        _ => null,
    };

    public string Roles(IEnumerable<RequiredRole> roles) => List(roles.Select(role => texts.Of(role)));

    public string Options(IEnumerable<VoteOption> options) => List(options.Select(option => texts["Votes.Quoted", texts.Of(option)]));

    /// <summary>One digit behind the comma, and none where there is nothing there.</summary>
    public static string Number(double number) => number.ToString("0.#", CultureInfo.CurrentCulture);

    private string Highest(IReadOnlyList<OptionScore> scores)
    {
        var highest = scores.Max(s => s.Score);
        return texts["Votes.Highest", List(scores.Where(s => s.Score == highest).Select(s => texts.Of(s.Option))), highest];
    }

    private string Consent(ConsentTally consent) => consent switch
    {
        { Passed: true, AgreeWithConcern: > 0 } => texts["Votes.PassedWithConcerns", texts.Of(consent.Proposal), consent.AgreeWithConcern],
        { Passed: true } => texts["Votes.Passed", texts.Of(consent.Proposal)],
        _ => texts[consent.Object == 1 ? "Votes.RefusedOne" : "Votes.Refused", texts.Of(consent.Proposal), consent.Object],
    };

    private string Scores(IReadOnlyList<VoteOption> leading, IReadOnlyList<ScoreLine> scores)
    {
        var mean = Number(scores[0].Mean);
        var told = leading.Count == 1 ? texts["Votes.HighestMean", texts.Of(leading[0]), mean] : texts["Votes.LevelMean", Options(leading), mean];
        var middle = scores.Max(s => s.Median);
        return scores.Any(s => leading.Contains(s.Option) && s.Median.Equals(middle))
            ? told
            : $"{told} {texts["Votes.OtherMedian", Options(scores.Where(s => s.Median.Equals(middle)).Select(s => s.Option))]}";
    }

    private string Ranking(IReadOnlyList<VoteOption> leading, RankingTally ranking)
    {
        var told = ranking switch
        {
            { CondorcetWinner: { } winner } => texts["Votes.Condorcet", texts.Of(winner)],
            { Cycle: { Count: > 0 } cycle } => texts["Votes.Cycle", string.Join(", ", cycle.Select((one, i) => texts["Votes.Beats", texts.Of(one), texts.Of(cycle[(i + 1) % cycle.Count])]))],
            _ => leading.Count == 1 ? texts["Votes.Copeland", texts.Of(leading[0])] : texts["Votes.LevelDuels", Options(leading)],
        };
        return ranking.BordaWinners.ToHashSet().SetEquals(leading) ? told : $"{told} {texts["Votes.OtherBorda", Options(ranking.BordaWinners)]}";
    }

    private string List(IEnumerable<string> words) => words.ToList() switch
    {
        [] => "",
        [var only] => only,
        [.. var head, var last] => texts["Votes.And", string.Join(", ", head), last],
    };
}
