using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.SignIn;

/// <summary>Signing in at an authority; the authority is ours, everything on our side is the real thing.</summary>
internal sealed class OidcSignInTests
{
    private const string Issuer = "https://login.example";

    private readonly RsaSecurityKey key = new(RSA.Create(2048)) { KeyId = "test" };
    private WebHost host;
    private string nonce = "";

    [OneTimeSetUp]
    public void Start()
    {
        var configuration = new OpenIdConnectConfiguration
        {
            Issuer = Issuer,
            AuthorizationEndpoint = $"{Issuer}/authorize",
            TokenEndpoint = $"{Issuer}/token",
            EndSessionEndpoint = $"{Issuer}/end",
            SigningKeys = { key },
        };
        host = WebHost.Start(
            services =>
            {
                services.PostConfigureAll<JwtBearerOptions>(options => options.ConfigurationManager = new StaticConfigurationManager<OpenIdConnectConfiguration>(configuration));
                services.PostConfigureAll<OpenIdConnectOptions>(options =>
                {
                    options.ConfigurationManager = new StaticConfigurationManager<OpenIdConnectConfiguration>(configuration);
                    options.Backchannel = new HttpClient(new TokenEndpoint(() => Token("amina", ["auditor"], nonce)));
                });
            },
            "Production",
            new Dictionary<string, string>(DemoSignInTests.Authority, StringComparer.Ordinal)
            {
                ["Authentication:Oidc:RolesClaim"] = "groups",
                ["Authentication:Oidc:Roles:sr-coordinators"] = "coordinator",
            });
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [Test]
    public async Task A_person_comes_back_from_the_authority_signed_in()
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = host.Address };
        using var asked = await browser.GetAsync("/accessibility-of-nothing");
        using var away = await browser.GetAsync(asked.Headers.Location);
        var query = QueryHelpers.ParseQuery(away.Headers.Location!.Query);
        nonce = query["nonce"].ToString();
        using var back = await browser.GetAsync(QueryHelpers.AddQueryString("/sign-in/callback", new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["code"] = "one-time",
            ["state"] = query["state"].ToString(),
        }));
        using var page = await browser.GetAsync("/");
        var text = await page.Content.ReadAsStringAsync();

        Assert.Multiple(() =>
        {
            Assert.That(away.Headers.Location!.GetLeftPart(UriPartial.Path), Is.EqualTo($"{Issuer}/authorize"));
            Assert.That(query["code_challenge_method"].ToString(), Is.EqualTo("S256"));
            Assert.That(back.Headers.Location?.OriginalString, Is.EqualTo("/accessibility-of-nothing"));
            Assert.That(text, Does.Contain("Amina Jansen").And.Contain("href=\"/trails\""));
            Assert.That(text, Does.Not.Contain("href=\"/board\""));
        });
    }

    [Test]
    public async Task Breaking_off_at_the_authority_ends_on_a_page_that_says_what_now()
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = host.Address };
        using var away = await browser.GetAsync("/sign-in");
        var state = QueryHelpers.ParseQuery(away.Headers.Location!.Query)["state"].ToString();
        using var back = await browser.GetAsync($"/sign-in/callback?error=access_denied&state={Uri.EscapeDataString(state)}");
        var page = await browser.GetStringAsync(back.Headers.Location);

        Assert.That(page, Does.Contain("Inloggen lukte niet"));
    }

    [Test]
    public async Task A_cookie_cannot_be_read_by_scripts_and_does_not_travel_from_other_sites()
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = host.Address };
        using var away = await browser.GetAsync("/sign-in?returnUrl=/about");
        var query = QueryHelpers.ParseQuery(away.Headers.Location!.Query);
        nonce = query["nonce"].ToString();
        using var back = await browser.GetAsync($"/sign-in/callback?code=c&state={Uri.EscapeDataString(query["state"].ToString())}");
        var cookie = back.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("signalreview=", StringComparison.Ordinal));

        Assert.That(cookie, Does.Contain("httponly").IgnoreCase.And.Contain("samesite=lax").IgnoreCase);
    }

    [Test]
    public async Task A_program_signs_in_with_an_access_token_and_its_mapped_roles()
    {
        using var client = host.Client();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token("omar", ["sr-coordinators", "everyone"]));
        var page = await client.GetStringAsync("/");

        Assert.Multiple(() =>
        {
            Assert.That(page, Does.Contain("Amina Jansen").And.Contain("href=\"/board\""));
            Assert.That(page, Does.Not.Contain("href=\"/trails\""));
        });
    }

    [TestCase("someone-else", "signalreview", 5, "test")]
    [TestCase(Issuer, "another-product", 5, "test")]
    [TestCase(Issuer, "signalreview", -60, "test")]
    [TestCase(Issuer, "signalreview", 5, "forged")]
    public async Task A_token_that_is_not_for_us_opens_nothing(string issuer, string audience, int minutes, string signer)
    {
        using var forged = RSA.Create(2048);
        var signingKey = signer == "test" ? key : new RsaSecurityKey(forged) { KeyId = "test" };
        using var client = host.Client();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Sign(issuer, audience, minutes, signingKey, [new("sub", "amina")]));
        using var response = await client.GetAsync("/api/v1/nothing-here");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public void Half_a_configuration_stops_the_start()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Authentication:Oidc:Authority"] = "https://login.example" };

        Assert.That(() => WebHost.Start(settings: settings), Throws.InvalidOperationException.With.Message.Contains("ClientId"));
    }

    private string Token(string subject, string[] groups, string? withNonce = null)
    {
        List<Claim> claims = [new("sub", subject), new("name", "Amina Jansen"), .. groups.Select(group => new Claim("groups", group))];
        if (withNonce is not null)
        {
            claims.Add(new("nonce", withNonce));
        }

        return Sign(Issuer, "signalreview", 5, key, claims);
    }

    private static string Sign(string issuer, string audience, int minutes, SecurityKey signingKey, List<Claim> claims)
        => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            Subject = new ClaimsIdentity(claims),
            NotBefore = DateTime.UtcNow.AddHours(-2),
            Expires = DateTime.UtcNow.AddMinutes(minutes),
            SigningCredentials = new SigningCredentials(signingKey, SecurityAlgorithms.RsaSha256),
        });

    private sealed class TokenEndpoint(Func<string> idToken) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = JsonContent.Create(new { access_token = "opaque", token_type = "Bearer", id_token = idToken() }),
            });
    }
}
