using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using SignalReview.Consultations;
using SignalReview.Storage;

namespace SignalReview.People;

/// <summary>
/// Everyone, kept in memory: names for views, roles for sign-in. Refreshed at once after a change on this node, when somebody is asked
/// for who is not in it, and otherwise after <see cref="Lifetime"/>, by when a change on another node shows.
/// </summary>
internal sealed class PeopleDirectory(IDatabase database, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    private volatile PeopleSnapshot? current;

    /// <summary>Everyone as of now, at most <see cref="Lifetime"/> old.</summary>
    public async ValueTask<PeopleSnapshot> GetAsync(CancellationToken ct) =>
        current is { } people && time.GetUtcNow() - people.At < Lifetime ? people : await RefreshAsync(ct);

    /// <summary>As <see cref="GetAsync"/>, but looks again when this person is not in it.</summary>
    public async ValueTask<Person?> FindAsync(PersonId id, CancellationToken ct) =>
        (await GetAsync(ct)).Find(id) ?? (await RefreshAsync(ct)).Find(id);

    /// <summary>Reads anew what was changed; called after the commit of the change.</summary>
    public async ValueTask<PeopleSnapshot> RefreshAsync(CancellationToken ct)
    {
        var at = time.GetUtcNow();
        await using var db = await database.OpenReadAsync(ct);
        return current = new(await PeopleStore.AllAsync(db, ct), at);
    }
}

/// <summary>Everyone at one moment.</summary>
internal sealed class PeopleSnapshot(IReadOnlyList<Person> all, DateTimeOffset at)
{
    private readonly FrozenDictionary<PersonId, Person> byId = all.ToFrozenDictionary(p => p.Id);
    private readonly FrozenDictionary<string, Person> bySubject = all.ToFrozenDictionary(p => p.Subject, StringComparer.Ordinal);

    /// <summary>By name.</summary>
    public IReadOnlyList<Person> All => all;

    public DateTimeOffset At => at;

    public Person? Find(PersonId id) => byId.GetValueOrDefault(id);

    public Person? Find(string subject) => bySubject.GetValueOrDefault(subject);

    public bool TryFind(PersonId id, [NotNullWhen(true)] out Person? person) => byId.TryGetValue(id, out person);

    /// <summary>The person as colleagues know them. Of somebody who is not in the directory only the id is known.</summary>
    public PersonRef Ref(PersonId id) => Find(id) is { } person ? new(id, person.Name, person.JobTitle) : new(id, id.ToString(), "");
}
