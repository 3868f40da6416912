using System.Security.Claims;

namespace SignalReview.Web.SignIn;

internal static class OidcIdentity
{
    /// <summary>Keeps of the authority's claims only who it is, the name and our roles. Null when the token names nobody.</summary>
    public static ClaimsPrincipal? Map(ClaimsPrincipal theirs, OidcSettings settings, string scheme)
    {
        if (theirs.FindFirstValue(settings.SubjectClaim) is not { Length: > 0 } subject)
        {
            return null;
        }

        var roles = theirs.FindAll(settings.RolesClaim)
            .Select(claim => settings.Roles.GetValueOrDefault(claim.Value))
            .OfType<string>()
            .Distinct(StringComparer.Ordinal);
        return new ClaimsPrincipal(Identity.Create(scheme, subject, theirs.FindFirstValue(settings.NameClaim) ?? subject, roles));
    }
}
