using System.Text.Json;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Storage;

namespace SignalReview.Trail.Audit;

/// <summary>How content of a case came before somebody's eyes.</summary>
public enum LookKind
{
    /// <summary>On a page, over the API or the hub.</summary>
    Read,

    /// <summary>Taken along in a bundle.</summary>
    Exported,

    /// <summary>Opened in an emergency; what was read then is told by reads of its own.</summary>
    Emergency,
}

/// <summary>One time that content of a case left the product.</summary>
/// <param name="Seq">The event's number in the case.</param>
/// <param name="At">When.</param>
/// <param name="Person">Who.</param>
/// <param name="Role">As what: the role that says most, in camelCase.</param>
/// <param name="Roles">All they were in the case; empty when the body was erased.</param>
/// <param name="Kind">How.</param>
/// <param name="View">What was shown, such as "case", "room" or "image"; null when the body was erased.</param>
/// <param name="Client">"web", "api" or "hub"; null when the body was erased.</param>
/// <param name="LiveUntil">It was followed live, until then at the latest.</param>
internal sealed record CaseLook(
    long Seq,
    DateTimeOffset At,
    PersonId Person,
    string Role,
    IReadOnlyList<CaseRole> Roles,
    LookKind Kind,
    string? View,
    string? Client,
    DateTimeOffset? LiveUntil);

/// <summary>Who looked at a case, from its trail. Lists such as "my work" name many cases and stand in the organisation's dossier; they are not in here.</summary>
internal static class CaseLooks
{
    /// <summary>Oldest first. It writes no event: who asks logs their own read.</summary>
    public static async Task<IReadOnlyList<CaseLook>> LoadAsync(DbSession db, Dossier dossier, CancellationToken ct) =>
        [.. (await db.QueryAsync<LookRow>("audit/looks", new { CaseId = dossier.Id }, ct)).Select(row => Of(row, dossier))];

    private static CaseLook Of(LookRow row, Dossier dossier)
    {
        var header = EventHeader.Parse(row.Leaf);
        var body = row.Body is { } blob
            ? JsonSerializer.Deserialize<LookBody>(TrailBodies.Open(dossier, row.EventId, blob).Body.Span, TrailJson.Options)
            : null;
        var kind = row.Type switch
        {
            "trail.exported" => LookKind.Exported,
            "emergency.opened" => LookKind.Emergency,
            _ => LookKind.Read,
        };
        return new(row.CaseSeq, row.At, row.ActorId, header.Role, body?.Roles ?? [], kind, body?.View, body?.Client, body?.LiveUntil);
    }

    private sealed record LookRow
    {
        public Guid EventId { get; init; }
        public long CaseSeq { get; init; }
        public string Type { get; init; } = "";
        public PersonId ActorId { get; init; }
        public DateTimeOffset At { get; init; }
        public byte[] Leaf { get; init; } = [];
        public byte[]? Body { get; init; }
    }

    private sealed record LookBody
    {
        public string? View { get; init; }
        public IReadOnlyList<CaseRole>? Roles { get; init; }
        public string? Client { get; init; }
        public DateTimeOffset? LiveUntil { get; init; }
    }
}
