using SignalReview.Trail;

namespace SignalReview.Web.Components.Pages.Trails;

/// <summary>One line of the story, or a run of reads that is told as one: who looked is in the trail, but is not what happened.</summary>
internal sealed record StoryPart(IReadOnlyList<TrailEvent> Events)
{
    private const string Read = "case.read";

    public IEnumerable<string> Readers => Events.Select(read => read.Actor?.Name).OfType<string>().Distinct(StringComparer.Ordinal);

    public static IEnumerable<StoryPart> Of(IReadOnlyList<TrailEvent> events)
    {
        List<TrailEvent> reads = [];
        foreach (var item in events)
        {
            if (item.Type == Read)
            {
                reads.Add(item);
                continue;
            }

            if (reads.Count > 0)
            {
                yield return new(reads);
                reads = [];
            }

            yield return new([item]);
        }

        if (reads.Count > 0)
        {
            yield return new(reads);
        }
    }
}
