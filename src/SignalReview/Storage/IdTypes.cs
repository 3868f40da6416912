using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Dapper;
using SignalReview.Cases;
using SignalReview.People;

namespace SignalReview.Storage;

/// <summary>
/// The ids that stores read and write: each a <c>readonly record struct XId(Guid Value)</c>. A new one gets a line here; a test
/// compares this list with the assembly.
/// </summary>
internal static class IdTypes
{
    public static IReadOnlyList<IdType> All { get; } =
    [
        Id<CaseId>(id => id.Value, CaseId.From),
        Id<PersonId>(id => id.Value, PersonId.From),
    ];

    private static readonly FrozenDictionary<Type, IdType> ByType = All.ToFrozenDictionary(i => i.Type);

    public static bool TryFind(Type type, [NotNullWhen(true)] out IdType? id) => ByType.TryGetValue(type, out id);

    private static IdType Id<T>(Func<T, Guid> toGuid, Func<Guid, T> fromGuid) where T : struct =>
        new(typeof(T), value => toGuid((T)value), value => fromGuid(value), () => SqlMapper.AddTypeHandler(typeof(T), new IdHandler<T>(fromGuid)));
}

internal sealed record IdType(Type Type, Func<object, Guid> ToGuid, Func<Guid, object> FromGuid, Action AddHandler);
