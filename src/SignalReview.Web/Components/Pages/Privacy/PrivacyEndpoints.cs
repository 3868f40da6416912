using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Privacy.Erasure;
using SignalReview.Web.SignIn;

namespace SignalReview.Web.Components.Pages.Privacy;

/// <summary>The certificate as a file: a page cannot answer with one.</summary>
internal static class PrivacyEndpoints
{
    public static void MapPrivacyPages(this IEndpointRouteBuilder routes) => routes
        .MapGet("/privacy/erasures/{id:guid}/certificate.json", CertificateAsync)
        .RequireAuthorization(policy => policy.RequireRole(Roles.PrivacyOfficer, Roles.Coordinator))
        .ExcludeFromDescription();

    private static async Task<IResult> CertificateAsync(Guid id, HttpContext http, Actors actors, ErasureCertificates certificates, CancellationToken ct)
    {
        var actor = await actors.FindAsync(http.User.RequiredSubject(), "web", ct);
        var issued = actor is null ? null : await certificates.IssueAsync(actor, id, "json", ct);
        if (issued?.Certificate is not { } certificate)
        {
            return issued?.Refusal is { Kind: RefusalKind.Conflict } ? Results.Redirect($"/privacy/erasures/{id}/certificate") : Results.NotFound();
        }

        return Results.File(ErasureCertificateFile.Write(certificate), "application/json", $"signalreview-certificate-{id}.json");
    }
}
