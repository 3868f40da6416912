using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using SignalReview.People;
using SignalReview.Storage;

namespace SignalReview.Web.SignIn;

/// <summary>The claims every way of signing in ends with.</summary>
internal static class Identity
{
    // The end of the year 9999.
    private const long MostSeconds = 253_402_300_799;

    public const string Subject = "sub";
    public const string Name = "name";
    public const string RoleType = "role";

    /// <summary>Marks a sign-in that proved nothing: somebody chose a person from the demo's list.</summary>
    public const string Demo = "signalreview-demo";

    /// <summary>Names one sign-in by cookie, so that signing out ends what was opened with it.</summary>
    public const string Session = "signalreview-session";

    /// <summary>When somebody last proved who they are, in Unix seconds; as OpenID Connect has it. Missing when nobody says.</summary>
    public const string AuthenticationTime = "auth_time";

    public static Claim NewSession() => new(Session, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));

    public static ClaimsIdentity Create(string scheme, string subject, string name, IEnumerable<Role> roles)
        => new([new(Subject, subject), new(Name, name), .. roles.Select(role => new Claim(RoleType, Enums.Text(role)))], scheme, Name, RoleType);

    /// <summary>The same person, without what only concerned the token that was shown.</summary>
    public static ClaimsIdentity Lean(ClaimsPrincipal user, string scheme) => new(
        user.Claims
            .Where(claim => claim.Type is not ("iss" or "aud" or "nbf" or "exp" or "iat" or "jti"))
            .Select(claim => new Claim(string.Intern(claim.Type), claim.Value)),
        scheme,
        Name,
        RoleType);

    /// <summary>Who it is and nothing else, for a connection that lasts for hours: name and roles are looked up at each call, as they are then.</summary>
    public static ClaimsIdentity OfConnection(ClaimsPrincipal user, string scheme) => new([new(Subject, user.RequiredSubject())], scheme);

    public static Claim AuthenticatedAt(DateTimeOffset at) =>
        new(AuthenticationTime, at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), ClaimValueTypes.Integer64);

    /// <summary>When somebody last proved who they are; null: nobody says.</summary>
    public static DateTimeOffset? SignedInAt(this ClaimsPrincipal user) =>
        long.TryParse(user.FindFirstValue(AuthenticationTime), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= MostSeconds
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    /// <summary>Who is asking. Only call this behind authorization.</summary>
    public static string RequiredSubject(this ClaimsPrincipal user)
        => user.FindFirstValue(Subject) ?? throw new InvalidOperationException("A signed-in person without a subject.");
}
