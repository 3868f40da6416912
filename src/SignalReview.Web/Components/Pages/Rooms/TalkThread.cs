using SignalReview.Consultations;

namespace SignalReview.Web.Components.Pages.Rooms;

/// <summary>A message and what was said in reply to it; replies to replies stand beside them, so that a thread is one level deep.</summary>
public sealed record TalkThread(MessageView Start, IReadOnlyList<MessageView> Replies)
{
    /// <summary>So many of the newest replies are always shown; those before are folded away together.</summary>
    private const int Shown = 2;

    public IReadOnlyList<MessageView> Folded => Replies.Count > Shown + 1 ? [.. Replies.SkipLast(Shown)] : [];

    public IReadOnlyList<MessageView> Open => [.. Replies.Skip(Folded.Count)];

    public int Count => 1 + Replies.Count;

    /// <returns>In the order in which they began.</returns>
    public static IReadOnlyList<TalkThread> Of(IReadOnlyList<MessageView> messages)
    {
        var starts = new Dictionary<Guid, Guid>();
        foreach (var message in messages) // in order, so what is answered comes before its answer
        {
            starts[message.Id] = message.ReplyTo is { } answered && starts.TryGetValue(answered, out var start) ? start : message.Id;
        }

        return [.. messages.GroupBy(m => starts[m.Id]).Select(g => new TalkThread(g.First(), [.. g.Skip(1)]))];
    }
}
