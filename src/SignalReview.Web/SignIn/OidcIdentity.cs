using System.Security.Claims;
using SignalReview.People;

namespace SignalReview.Web.SignIn;

internal static class OidcIdentity
{
    /// <summary>
    /// Takes over from the authority's token who it is, the name and, when it tells any, the roles; keeps nothing else of it.
    /// </summary>
    /// <returns>Null when the token names nobody, or the person has left.</returns>
    public static async Task<ClaimsPrincipal?> AcceptAsync(HttpContext context, ClaimsPrincipal theirs, OidcSettings settings, string scheme)
    {
        if (theirs.FindFirstValue(settings.SubjectClaim) is not { Length: > 0 } subject)
        {
            return null;
        }

        var name = theirs.FindFirstValue(settings.NameClaim) ?? subject;
        var client = scheme == SignInRegistration.BearerScheme ? "api" : "web";
        var actors = context.RequestServices.GetRequiredService<Actors>();
        if (await actors.SignInAsync(subject, name, RolesOf(theirs, settings), client, context.RequestAborted) is not { } actor)
        {
            return null;
        }

        var identity = Identity.Create(scheme, subject, name, actor.Roles);
        if (theirs.SignedInAt() is { } at)
        {
            identity.AddClaim(Identity.AuthenticatedAt(at));
        }

        return new ClaimsPrincipal(identity);
    }

    // An authority that tells roles is believed, also when it has taken the last one away.
    private static HashSet<Role>? RolesOf(ClaimsPrincipal theirs, OidcSettings settings)
    {
        var told = theirs.FindAll(settings.RolesClaim).ToList();
        return told.Count == 0
            ? null
            : [.. told.Where(claim => settings.Roles.ContainsKey(claim.Value)).Select(claim => settings.Roles[claim.Value])];
    }
}
