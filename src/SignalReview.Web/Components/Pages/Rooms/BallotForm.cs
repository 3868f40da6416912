using SignalReview.Cases;
using SignalReview.Rooms;
using SignalReview.Web.Components.Pages.Cases;

namespace SignalReview.Web.Components.Pages.Rooms;

/// <summary>
/// A ballot as a form. It names the method that it was shown for; its fields for an option are "scores.talk" and "ranking.talk", as the
/// problems of a refusal are.
/// </summary>
internal static class BallotForm
{
    /// <summary>The value of a choice that is none; a command tells an abstention by having no answer.</summary>
    public const string Abstain = "abstain";

    public static string FieldOf(string list, VoteOption option) => $"{list}.{Choices.Value(option)}";

    /// <returns>The command, or what keeps the form from being one.</returns>
    public static (CastVoteCommand? Command, FieldProblem? Problem) Read(FormPost post)
    {
        var command = new CastVoteCommand(
            post.CommandId,
            post.Number("round") ?? 0,
            Option: null,
            post.Number("concern"),
            post.Number("confidence"),
            post.Text("reason"),
            post.Text("changedMyMind"));
        return post.Choice<VoteMethod>("method") switch
        {
            VoteMethod.Consent => Consent(post, command),
            VoteMethod.Score => Scores(post, command),
            VoteMethod.Ranking => Ranking(post, command),
            VoteMethod.SingleChoice or null => Single(post, command),
        };
    }

    private static (CastVoteCommand?, FieldProblem?) Single(FormPost post, CastVoteCommand command) =>
        Missing<VoteOption>(post, "option") is { } problem
            ? (null, problem)
            : (command with { Option = post.Choice<VoteOption>("option") }, null);

    private static (CastVoteCommand?, FieldProblem?) Consent(FormPost post, CastVoteCommand command) =>
        Missing<ConsentPosition>(post, "position") is { } problem
            ? (null, problem)
            : (command with { Position = post.Choice<ConsentPosition>("position"), Proposal = post.Choice<VoteOption>("proposal"), Objection = post.Text("objection") }, null);

    /// <summary>Empty is not abstaining, and neither is what there is no such choice for.</summary>
    private static FieldProblem? Missing<TEnum>(FormPost post, string field)
        where TEnum : struct, Enum =>
        post.Text(field) switch
        {
            null => new(field, "required"),
            Abstain => null,
            _ => post.Choice<TEnum>(field) is null ? new(field, "unknown") : null,
        };

    private static (CastVoteCommand?, FieldProblem?) Scores(FormPost post, CastVoteCommand command)
    {
        IReadOnlyList<OptionScore> scores = [.. Numbers(post, "scores").Select(given => new OptionScore(given.Option, given.Number))];
        return Either(post, scores.Count > 0, command, command with { Scores = scores });
    }

    /// <summary>Places need not follow on each other; two options in one place have no order.</summary>
    private static (CastVoteCommand?, FieldProblem?) Ranking(FormPost post, CastVoteCommand command)
    {
        var places = Numbers(post, "ranking").OrderBy(given => given.Number).ToList();
        return places.GroupBy(given => given.Number).FirstOrDefault(place => place.Count() > 1) is { } shared
            ? (null, new(FieldOf("ranking", shared.Last().Option), "samePlace"))
            : Either(post, places.Count > 0, command, command with { Ranking = [.. places.Select(given => given.Option)] });
    }

    private static (CastVoteCommand?, FieldProblem?) Either(FormPost post, bool answered, CastVoteCommand abstained, CastVoteCommand answer) =>
        !post.Ticked(Abstain) ? (answer, null)
        : answered ? (null, new(Abstain, "withAnswer"))
        : (abstained, null);

    private static IEnumerable<(VoteOption Option, int Number)> Numbers(FormPost post, string list) =>
        Enum.GetValues<VoteOption>().Where(option => post.Number(FieldOf(list, option)) is not null)
            .Select(option => (option, post.Number(FieldOf(list, option))!.Value));
}
