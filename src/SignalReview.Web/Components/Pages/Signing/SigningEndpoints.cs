using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Trail.Signing;
using SignalReview.Web.SignIn;

namespace SignalReview.Web.Components.Pages.Signing;

internal static class SigningEndpoints
{
    public static void MapSigningPages(this IEndpointRouteBuilder routes) => routes
        .MapPost("/trails/signing/alarms/{id:guid}", AcknowledgeAsync)
        .RequireAuthorization(new AuthorizeAttribute { Roles = $"{Roles.Auditor},{Roles.PrivacyOfficer}" })
        .ExcludeFromDescription();

    private static async Task<IResult> AcknowledgeAsync(
        Guid id, [FromForm] string? reason, HttpContext http, Actors actors, AcknowledgeTrailAlarm acknowledge, CancellationToken ct)
    {
        if (await actors.FindAsync(http.User.RequiredSubject(), "web", ct) is not { } actor)
        {
            return Results.NotFound();
        }

        return await acknowledge.RunAsync(actor, id, reason, ct) switch
        {
            null => Results.Redirect("/trails/signing?done=1"),
            { Kind: RefusalKind.Forbidden } => Results.Forbid(),
            var refusal => Results.Redirect($"/trails/signing?refused={refusal.Fields?[0].Path ?? refusal.Code}#alarms"),
        };
    }
}
