using SignalReview.Cases;
using SignalReview.People;

namespace SignalReview.Rooms;

/// <summary>Who a message calls. No mail goes out: they find it in "my work" until they have seen the room.</summary>
internal static class Mentions
{
    /// <summary>As the event's body keeps them: each once; null for nobody.</summary>
    public static IReadOnlyList<PersonId>? Of(IReadOnlyList<Guid>? people) =>
        people is { Count: > 0 } ? [.. people.Distinct().Select(p => new PersonId(p))] : null;

    /// <summary>Whoever cannot enter the room is not called to it.</summary>
    public static bool AllInRoom(CaseFile file, IReadOnlyList<Guid>? people) => people is null || people.All(p => file.MayEnterRoom(new(p)));

    public static async Task AddAsync(Work work, Guid message, IReadOnlyList<PersonId>? people, CancellationToken ct)
    {
        // Who mentions themselves need not be told.
        foreach (var person in (people ?? []).Where(p => p != work.Me))
        {
            await work.ExecuteAsync("rooms/mention", new { CaseId = work.Case, MessageId = message, PersonId = person }, ct);
        }
    }

    /// <summary>After an edit: who is no longer mentioned is no longer called.</summary>
    public static async Task ReplaceAsync(Work work, Guid message, IReadOnlyList<PersonId>? people, CancellationToken ct)
    {
        await work.ExecuteAsync("rooms/forget_mentions", new { CaseId = work.Case, MessageId = message }, ct);
        await AddAsync(work, message, people, ct);
    }
}

/// <summary>What the bodies of <c>message.said</c> and <c>message.edited</c> have in common.</summary>
internal sealed record MessageWords(string Text, IReadOnlyList<PersonId>? Mentions = null);
