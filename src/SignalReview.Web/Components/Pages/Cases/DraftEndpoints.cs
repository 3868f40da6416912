using Microsoft.AspNetCore.Antiforgery;
using SignalReview.Cases;
using SignalReview.Decisions;
using SignalReview.People;
using SignalReview.Signals;
using SignalReview.Web.Localization;
using SignalReview.Web.SignIn;

namespace SignalReview.Web.Components.Pages.Cases;

/// <param name="Revision">What the next save builds on.</param>
/// <param name="SavedAt">In words, in the language of the page.</param>
public sealed record DraftSaved(long Revision, string SavedAt);

/// <summary>Where a page's script keeps a form that is being written. It sends the form as it stands, the page's token with it.</summary>
internal static class DraftEndpoints
{
    public static void MapDrafts(this IEndpointRouteBuilder routes)
        => routes.MapPost("/cases/{id:guid}/drafts/{kind}", SaveAsync).ExcludeFromDescription();

    private static async Task<IResult> SaveAsync(
        Guid id, string kind, HttpContext http, IAntiforgery antiforgery, Actors actors, DraftStore drafts, TimeWords words, CancellationToken ct)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            return Results.BadRequest();
        }

        var post = await FormPost.ReadAsync(http.Request, ct);
        var actor = await actors.FindAsync(http.User.RequiredSubject(), "web", ct);
        if (post is null || actor is null || Choices.Find<DraftKind>(kind) is not { } of || of is not (DraftKind.Interpretation or DraftKind.Decision or DraftKind.Dissent))
        {
            return Results.NotFound();
        }

        var content = of switch
        {
            DraftKind.Decision => DraftJson.Write(DecisionFields.Read(post)),
            DraftKind.Dissent => DraftJson.Write(new DissentDraft(post.Text("statement"))),
            _ => DraftJson.Write(InterpretationFields.Read(post)),
        };
        var result = await drafts.SaveAsync(actor, new CaseId(id), of, content, post.Revision, ct);
        return result.Outcome switch
        {
            SaveDraftOutcome.Saved => Results.Ok(new DraftSaved(result.Draft!.Revision, words.Moment(result.Draft.SavedAt))),
            SaveDraftOutcome.Outdated => Results.Conflict(),
            SaveDraftOutcome.NotKept or SaveDraftOutcome.NotYours => Results.NotFound(),
            SaveDraftOutcome.TooLarge => Results.StatusCode(StatusCodes.Status413PayloadTooLarge),
        };
    }
}
