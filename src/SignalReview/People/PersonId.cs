using System.Text.Json.Serialization;
using SignalReview.Storage;

namespace SignalReview.People;

/// <summary>A person's opaque id, as it stands in headers of the trail.</summary>
[JsonConverter(typeof(IdJsonConverter<PersonId>))]
public readonly record struct PersonId(Guid Value) : IId<PersonId>
{
    public static PersonId From(Guid value) => new(value);

    /// <summary>The product itself: the workflow and its deadlines.</summary>
    public static PersonId System { get; } = new(new Guid("00000000-0000-7000-8000-000000000002"));

    public override string ToString() => Value.ToString();
}
