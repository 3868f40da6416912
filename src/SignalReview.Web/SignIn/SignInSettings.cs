using SignalReview.People;
using SignalReview.Storage;

namespace SignalReview.Web.SignIn;

/// <summary>How people prove who they are: an OpenID Connect authority, or, without one, the demo's list of people.</summary>
internal sealed record SignInSettings(OidcSettings? Oidc)
{
    public static SignInSettings From(IConfiguration configuration)
        => new(OidcSettings.From(configuration.GetSection("Authentication:Oidc")));
}

/// <param name="Authority">Issuer address, https.</param>
/// <param name="Audience">What access tokens for the API must be issued for; the client id unless set.</param>
/// <param name="SubjectClaim">The claim that names the person as our own list of people does.</param>
/// <param name="RolesClaim">The claim that holds roles or groups.</param>
/// <param name="Roles">The authority's role or group → ours; names that are ours already need no entry.</param>
internal sealed record OidcSettings(
    string Authority,
    string ClientId,
    string? ClientSecret,
    string Audience,
    string SubjectClaim,
    string NameClaim,
    string RolesClaim,
    IReadOnlyDictionary<string, Role> Roles)
{
    public static OidcSettings? From(IConfigurationSection section)
    {
        if (section["Authority"] is not { Length: > 0 } authority)
        {
            return null;
        }

        var clientId = section["ClientId"] is { Length: > 0 } id
            ? id
            : throw new InvalidOperationException("Authentication:Oidc:Authority is set, but Authentication:Oidc:ClientId is not.");
        if (!Uri.TryCreate(authority, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps)
        {
            throw new InvalidOperationException($"Authentication:Oidc:Authority must be an https address; it is '{authority}'.");
        }

        return new OidcSettings(
            authority,
            clientId,
            section["ClientSecret"],
            section["Audience"] ?? clientId,
            section["SubjectClaim"] ?? Identity.Subject,
            section["NameClaim"] ?? Identity.Name,
            section["RolesClaim"] ?? "roles",
            RolesFrom(section.GetSection("Roles")));
    }

    private static Dictionary<string, Role> RolesFrom(IConfigurationSection section)
    {
        var roles = Enum.GetValues<Role>().ToDictionary(Enums.Text, StringComparer.Ordinal);
        foreach (var child in section.GetChildren())
        {
            roles[child.Key] = Enums.TryParse<Role>(child.Value, out var ours)
                ? ours
                : throw new InvalidOperationException($"Authentication:Oidc:Roles:{child.Key} is '{child.Value}', which is no role of ours.");
        }

        return roles;
    }
}
