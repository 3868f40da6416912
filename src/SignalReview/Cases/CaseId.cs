using System.Text.Json.Serialization;
using SignalReview.Storage;

namespace SignalReview.Cases;

/// <summary>A case's random id: the only name of a case in headers, logs and addresses.</summary>
[JsonConverter(typeof(IdJsonConverter<CaseId>))]
public readonly record struct CaseId(Guid Value) : IId<CaseId>
{
    public static CaseId From(Guid value) => new(value);

    /// <summary>The dossier of events that belong to no case: sign-ins, lists, exports of more than one case.</summary>
    public static CaseId Organisation { get; } = new(new Guid("00000000-0000-7000-8000-000000000001"));

    public override string ToString() => Value.ToString();
}
