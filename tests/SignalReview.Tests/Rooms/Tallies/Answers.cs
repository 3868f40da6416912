using SignalReview.Rooms;

namespace SignalReview.Tests.Rooms.Tallies;

/// <summary>Ballots as a tally meets them, briefly written.</summary>
internal static class Answers
{
    public const VoteOption A = VoteOption.NoConcern;
    public const VoteOption B = VoteOption.WithinContact;
    public const VoteOption C = VoteOption.Talk;
    public const VoteOption D = VoteOption.Support;

    public static VoteAnswer Abstention { get; } = new();

    public static VoteAnswer Choice(VoteOption option, int concern = 5) => new() { Option = option, Concern = concern };

    public static VoteAnswer Stands(ConsentPosition position, int concern = 5) => new() { Position = position, Concern = concern };

    public static VoteAnswer Scored(params int[] scores) =>
        new() { Scores = [.. scores.Select((score, place) => new OptionScore((VoteOption)place, score))], Concern = 5 };

    public static VoteAnswer Ranked(params VoteOption[] ranking) => new() { Ranking = ranking, Concern = 5 };

    public static IEnumerable<VoteAnswer> Ranked(int voters, params VoteOption[] ranking) => Enumerable.Repeat(Ranked(ranking), voters);
}
