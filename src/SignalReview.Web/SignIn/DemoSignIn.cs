using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SignalReview.People;

namespace SignalReview.Web.SignIn;

/// <summary>
/// Signing in by choosing a name, for trying the product out. It exists only in Development, without an authority, and on a
/// connection that is loopback at both ends: anywhere else its doors answer 404.
/// </summary>
internal sealed class DemoSignIn(IHostEnvironment environment, SignInSettings settings, PeopleDirectory directory, TimeProvider time)
{
    public static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(8);

    private const string Issuer = "signalreview-demo";

    // A new key at each start: a token never outlives the process that gave it.
    private readonly SymmetricSecurityKey key = new(RandomNumberGenerator.GetBytes(32));

    public bool IsEnabled => environment.IsDevelopment() && settings.Oidc is null;

    public bool IsAllowed(HttpContext context)
        => IsEnabled
            && IsLoopback(context.Connection.LocalIpAddress)
            && IsLoopback(context.Connection.RemoteIpAddress)
            && IsLoopbackName(context.Request.Host.Host);

    /// <summary>Whom one can choose, in the order of their numbers.</summary>
    public async Task<IReadOnlyList<Person>> PeopleAsync(CancellationToken ct)
        => [.. (await directory.GetAsync(ct)).All.Where(person => person.Active).OrderBy(person => person.Id.Value)];

    public async Task<Person?> FindAsync(string? subject, CancellationToken ct)
        => (await PeopleAsync(ct)).FirstOrDefault(person => person.Subject == subject);

    public ClaimsPrincipal Principal(Person person, string scheme)
    {
        var identity = Identity.Create(scheme, person.Subject, person.Name, person.Roles);
        identity.AddClaim(new Claim(Identity.Demo, "1"));
        identity.AddClaim(Identity.AuthenticatedAt(time.GetUtcNow()));
        return new ClaimsPrincipal(identity);
    }

    public (string Token, DateTimeOffset Expires) Token(Person person, TimeSpan? lifetime = null)
    {
        var now = time.GetUtcNow();
        var expires = now + (lifetime ?? TokenLifetime);
        var token = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Issuer,
            Subject = (ClaimsIdentity)Principal(person, Issuer).Identity!,
            IssuedAt = now.UtcDateTime,
            Expires = expires.UtcDateTime,
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.HmacSha256),
        });
        return (token, expires);
    }

    public TokenValidationParameters Validation() => new()
    {
        ValidIssuer = Issuer,
        ValidAudience = Issuer,
        IssuerSigningKey = key,
        ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
        NameClaimType = Identity.Name,
        RoleClaimType = Identity.RoleType,
        LifetimeValidator = (_, expires, _, _) => expires is { } end && time.GetUtcNow().UtcDateTime < end,
    };

    private static bool IsLoopback(IPAddress? address)
        => address is not null && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    // A page elsewhere can point its own name at 127.0.0.1; the name in the request gives it away.
    private static bool IsLoopbackName(string host)
        => host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IsLoopback(address));
}
