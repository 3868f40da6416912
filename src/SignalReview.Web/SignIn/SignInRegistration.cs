using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using SignalReview.People;
using SignalReview.Storage;
using SignalReview.Web.Hosting;
using SignalReview.Web.Hubs;

namespace SignalReview.Web.SignIn;

internal static class SignInRegistration
{
    public const string CookieScheme = CookieAuthenticationDefaults.AuthenticationScheme;
    public const string BearerScheme = JwtBearerDefaults.AuthenticationScheme;
    public const string OidcScheme = OpenIdConnectDefaults.AuthenticationScheme;

    public const string FailedPath = "/sign-in/failed";

    private const string NamesNobody = "The token names nobody who works here.";

    private const string EitherScheme = "SignalReview";

    /// <summary>Pages use the cookie, programs a bearer token; both end with the claims of <see cref="Identity"/>.</summary>
    public static void AddSignIn(this WebApplicationBuilder builder)
    {
        var settings = SignInSettings.From(builder.Configuration);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton<DemoSignIn>();
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddCascadingAuthenticationState();

        var authentication = builder.Services.AddAuthentication(EitherScheme)
            .AddPolicyScheme(EitherScheme, null, options => options.ForwardDefaultSelector = SchemeOf)
            .AddCookie(CookieScheme, ConfigureCookie)
            .AddJwtBearer(BearerScheme, options => ConfigureBearer(options, settings));
        if (settings.Oidc is { } oidc)
        {
            authentication.AddOpenIdConnect(OidcScheme, options => ConfigureOidc(options, oidc));
        }
        else
        {
            builder.Services.AddOptions<JwtBearerOptions>(BearerScheme)
                .Configure<DemoSignIn>((options, demo) => options.TokenValidationParameters = demo.Validation());
        }

        builder.Services.AddFormAndCookieKeys();

        // What nobody thought of is closed: a page or endpoint open to strangers says so itself.
        builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        builder.Services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "signalreview-form";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.HeaderName = "X-Form-Token";
        });
    }

    /// <summary>Where people sign in by choosing who they are, those people are there.</summary>
    public static async Task PrepareSignInAsync(this WebApplication app)
    {
        if (app.Services.GetRequiredService<DemoSignIn>().IsEnabled)
        {
            await DemoPeople.SeedAsync(app.Services.GetRequiredService<IDatabase>(), app.Lifetime.ApplicationStopping);
        }
    }

    // Beside the other keys, readable by their owner only; nodes that share the folder read each other's cookies.
    private static void AddFormAndCookieKeys(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("SignalReview");
        services.AddOptions<KeyManagementOptions>().Configure<DataFolder, ILoggerFactory>((options, folder, loggers) => options.XmlRepository
            = new FileSystemXmlRepository(new DirectoryInfo(Path.Combine(folder.KeysFolder, "web")), loggers));
    }

    private static string SchemeOf(HttpContext context)
        => context.Request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            || HubToken(context.Request) is not null
                ? BearerScheme
                : CookieScheme;

    // A browser's WebSocket cannot send a header; SignalR puts the token into the query, for hubs only.
    private static string? HubToken(HttpRequest request)
        => request.IsForHub()
            && request.Query["access_token"] is [{ Length: > 0 } token]
                ? token
                : null;

    private static void ConfigureCookie(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "signalreview";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax; // a link in a mail must open signed in
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = TimeSpan.FromHours(8);
        options.LoginPath = "/sign-in";
        options.ReturnUrlParameter = "returnUrl";
        options.Events.OnRedirectToLogin = context =>
        {
            if (ErrorHandling.IsForPrograms(context.Request.Path))
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            }
            else
            {
                context.Response.Redirect(context.RedirectUri);
            }

            return Task.CompletedTask;
        };
        options.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
        options.Events.OnSigningIn = context =>
        {
            (context.Principal?.Identity as ClaimsIdentity)?.AddClaim(Identity.NewSession());
            return Task.CompletedTask;
        };
        options.Events.OnValidatePrincipal = async context =>
        {
            // A demo cookie proves nothing; it must not open a door after the demo has ended.
            if (context.Principal?.HasClaim(claim => claim.Type == Identity.Demo) is true && !DemoAllowed(context.HttpContext))
            {
                context.RejectPrincipal();
                await context.HttpContext.SignOutAsync(CookieScheme);
            }
        };
    }

    private static void ConfigureBearer(JwtBearerOptions options, SignInSettings settings)
    {
        options.MapInboundClaims = false;
        options.SaveToken = false; // nobody asks for it again, and a connection to the hub would keep it in memory for hours
        options.Events = new JwtBearerEvents
        {
            OnMessageReceived = context =>
            {
                context.Token = HubToken(context.Request);
                return Task.CompletedTask;
            },
            OnTokenValidated = async context =>
            {
                if (settings.Oidc is { } oidc)
                {
                    context.Principal = await OidcIdentity.AcceptAsync(context.HttpContext, context.Principal!, oidc, BearerScheme);
                    if (context.Principal is null)
                    {
                        context.Fail(NamesNobody);
                    }
                }
                else if (!DemoAllowed(context.HttpContext))
                {
                    context.Fail("Demo tokens are for loopback only.");
                }
                else
                {
                    // Our own claims alone: the handler's identity keeps the whole token, for as long as a connection to the hub lasts.
                    context.Principal = new(Identity.Lean(context.Principal!, BearerScheme));
                }

                if (context.Principal is { } user && context.Request.IsForHub())
                {
                    context.Principal = new(Identity.OfConnection(user, BearerScheme));
                }
            },
        };
        if (settings.Oidc is { } authority)
        {
            options.Authority = authority.Authority;
            options.Audience = authority.Audience;
        }
    }

    private static void ConfigureOidc(OpenIdConnectOptions options, OidcSettings settings)
    {
        options.Authority = settings.Authority;
        options.ClientId = settings.ClientId;
        options.ClientSecret = settings.ClientSecret;
        options.ResponseType = OpenIdConnectResponseType.Code;

        // The authority answers with a redirect, which carries Lax cookies; a form post from its site would need SameSite=None.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.CorrelationCookie.SameSite = SameSiteMode.Lax;
        options.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.NonceCookie.SameSite = SameSiteMode.Lax;
        options.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.UsePkce = true;
        options.MapInboundClaims = false;
        options.GetClaimsFromUserInfoEndpoint = false;
        options.SaveTokens = false;
        options.SignInScheme = CookieScheme;
        options.CallbackPath = "/sign-in/callback";
        options.SignedOutCallbackPath = "/sign-out/callback";
        options.Events.OnRemoteFailure = context =>
        {
            context.HandleResponse();
            context.Response.Redirect(FailedPath);
            return Task.CompletedTask;
        };
        options.Events.OnTokenValidated = async context =>
        {
            context.Principal = await OidcIdentity.AcceptAsync(context.HttpContext, context.Principal!, settings, CookieScheme);
            if (context.Principal is null)
            {
                context.Fail(NamesNobody);
            }
        };
    }

    private static bool DemoAllowed(HttpContext context) => context.RequestServices.GetRequiredService<DemoSignIn>().IsAllowed(context);
}
