using System.Globalization;
using SignalReview.Rooms.Tallies;
using SignalReview.Web.Localization;

namespace SignalReview.Web.Components.Pages.Minutes;

/// <summary>What a round came to, in a line of counts: the same in every mode of anonymity.</summary>
internal static class MinutesTally
{
    public static string Words(Texts texts, VoteTally tally) => string.Join(" ", Parts(texts, tally));

    private static IEnumerable<string> Parts(Texts texts, VoteTally tally)
    {
        if (tally.Counts is { Count: > 0 } counts)
        {
            yield return texts["Minutes.Counts", string.Join(", ", counts.Select(c => $"{texts.Of(c.Option)} {c.Votes}×"))];
        }

        if (tally.Consent is { } consent)
        {
            yield return texts["Minutes.Consent", texts.Of(consent.Proposal), consent.Agree + consent.AgreeWithConcern, consent.Object];
        }

        if (tally.Scores is { Count: > 0 } scores)
        {
            yield return texts["Minutes.Scores", string.Join(", ", scores.Select(s => $"{texts.Of(s.Option)} {s.Mean.ToString("0.0", CultureInfo.CurrentCulture)}"))];
        }

        if (tally.Abstained > 0)
        {
            yield return texts["Minutes.Abstained", tally.Abstained];
        }

        yield return tally.Leading.Count switch
        {
            0 => texts["Minutes.NoLeading"],
            1 => texts["Minutes.Leading", texts.Of(tally.Leading[0])],
            _ => texts["Minutes.Level", string.Join(", ", tally.Leading.Select(o => texts.Of(o)))],
        };
    }
}
