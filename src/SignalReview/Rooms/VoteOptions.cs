using SignalReview.Storage;

namespace SignalReview.Rooms;

/// <summary>What may be chosen in a round, as its row holds it: camelCase names with commas between.</summary>
internal static class VoteOptions
{
    public static string All { get; } = Text(Enum.GetValues<VoteOption>());

    public static string Text(IEnumerable<VoteOption> options) => string.Join(',', options.Distinct().Order().Select(Enums.Text));

    public static IReadOnlyList<VoteOption> Parse(string text) =>
        [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enums.Parse<VoteOption>)];
}
