using System.Collections;

namespace SignalReview.Consultations;

/// <summary>A list that is equal to another with the same items: so that a record that holds one can be told apart by what it says.</summary>
internal sealed class ValueList<T>(IReadOnlyList<T> items) : IReadOnlyList<T>, IEquatable<ValueList<T>>
    where T : IEquatable<T>
{
    public int Count => items.Count;

    public T this[int index] => items[index];

    public static IReadOnlyList<T> Of(IEnumerable<T> items) => items.ToList() is { Count: > 0 } some ? new ValueList<T>(some) : [];

    public IEnumerator<T> GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool Equals(ValueList<T>? other) => other is not null && items.SequenceEqual(other);

    public override bool Equals(object? obj) => Equals(obj as ValueList<T>);

    public override int GetHashCode() => items.Aggregate(items.Count, HashCode.Combine);
}
