using System.Globalization;
using System.Text.Json;
using Microsoft.Net.Http.Headers;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Signals;

namespace SignalReview.Web.Api;

/// <param name="Revision">The number to send in If-Match at the next save.</param>
/// <param name="SavedAt">When.</param>
public sealed record DraftSaved(long Revision, DateTimeOffset SavedAt);

/// <summary>
/// Drafts over HTTP. The revision is the ETag; a save names the revision it builds on in If-Match, none for the first. When another device
/// saved since, the answer is 412 with the newer draft, so nothing is lost.
/// </summary>
internal sealed class DraftDoor(DraftStore drafts, Problems problems)
{
    public async Task<IResult> GetAsync(HttpContext context, Actor actor, Guid caseId, DraftKind kind, CancellationToken ct)
    {
        if (await drafts.FindAsync(actor, new CaseId(caseId), kind, ct) is not { } draft)
        {
            return problems.Of("draft-not-found", StatusCodes.Status404NotFound);
        }

        SetETag(context, draft.Revision);
        return TypedResults.Ok(draft);
    }

    public async Task<IResult> PutAsync<T>(HttpContext context, Actor actor, Guid caseId, DraftKind kind, T content, CancellationToken ct)
    {
        if (!TryReadRevision(context.Request, out var revision))
        {
            return problems.Of("bad-if-match", StatusCodes.Status400BadRequest);
        }

        var json = JsonSerializer.SerializeToElement(content, ApiJson.Draft);
        var (outcome, draft) = await drafts.SaveAsync(actor, new CaseId(caseId), kind, json, revision, ct);
        if (draft is not null)
        {
            SetETag(context, draft.Revision);
        }

        return outcome switch
        {
            SaveDraftOutcome.Saved => TypedResults.Ok(new DraftSaved(draft!.Revision, draft.SavedAt)),
            SaveDraftOutcome.Outdated => problems.Of("draft-outdated", StatusCodes.Status412PreconditionFailed, ("draft", draft)),
            SaveDraftOutcome.NotKept => problems.Of("draft-not-kept", StatusCodes.Status409Conflict),
            SaveDraftOutcome.NotYours => problems.Of("draft-not-yours", StatusCodes.Status404NotFound),
            SaveDraftOutcome.TooLarge => problems.Of("draft-too-large", StatusCodes.Status413PayloadTooLarge),
        };
    }

    /// <summary>A missing header is revision 0: this device has seen none.</summary>
    private static bool TryReadRevision(HttpRequest request, out long revision)
    {
        revision = 0;
        return request.Headers.IfMatch is not { Count: > 0 } given
            || (EntityTagHeaderValue.TryParse(given.ToString(), out var tag)
                && !tag.IsWeak
                && long.TryParse(tag.Tag.AsSpan().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out revision));
    }

    private static void SetETag(HttpContext context, long revision) =>
        context.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{revision}\"");
}

internal static class DraftEndpoints
{
    public static void ProducesDraft(this RouteHandlerBuilder endpoint) => endpoint
        .Produces<Draft>()
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound);

    public static void SavesDraft(this RouteHandlerBuilder endpoint) => endpoint
        .Produces<DraftSaved>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge);
}
