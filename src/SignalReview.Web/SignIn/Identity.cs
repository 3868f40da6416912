using System.Security.Claims;
using System.Security.Cryptography;
using SignalReview.People;
using SignalReview.Storage;

namespace SignalReview.Web.SignIn;

/// <summary>The claims every way of signing in ends with.</summary>
internal static class Identity
{
    public const string Subject = "sub";
    public const string Name = "name";
    public const string RoleType = "role";

    /// <summary>Marks a sign-in that proved nothing: somebody chose a person from the demo's list.</summary>
    public const string Demo = "signalreview-demo";

    /// <summary>Names one sign-in by cookie, so that signing out ends what was opened with it.</summary>
    public const string Session = "signalreview-session";

    public static Claim NewSession() => new(Session, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));

    public static ClaimsIdentity Create(string scheme, string subject, string name, IEnumerable<Role> roles)
        => new([new(Subject, subject), new(Name, name), .. roles.Select(role => new Claim(RoleType, Enums.Text(role)))], scheme, Name, RoleType);

    /// <summary>The same person by our own claims, without what only concerned the token.</summary>
    public static ClaimsIdentity Lean(ClaimsPrincipal user, string scheme)
    {
        string[] ours = [Subject, Name, RoleType, Demo, Session];
        return new(
            ours.SelectMany(type => user.FindAll(type).Select(claim => new Claim(type, claim.Value))), scheme, Name, RoleType);
    }

    /// <summary>Who is asking. Only call this behind authorization.</summary>
    public static string RequiredSubject(this ClaimsPrincipal user)
        => user.FindFirstValue(Subject) ?? throw new InvalidOperationException("A signed-in person without a subject.");
}
