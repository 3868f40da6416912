using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http.HttpResults;
using SignalReview.Web.Hubs;

namespace SignalReview.Web.SignIn;

/// <param name="Person">The demo person's subject, such as <c>w1</c>.</param>
public sealed record DemoTokenRequest(string Person);

/// <param name="AccessToken">Send it as <c>Authorization: Bearer …</c>.</param>
/// <param name="ExpiresIn">Seconds.</param>
public sealed record DemoTokenResponse(string AccessToken, string TokenType, int ExpiresIn);

internal static class SignInEndpoints
{
    public static void MapSignIn(this WebApplication app)
    {
        app.MapPost("/sign-out", SignOutAsync).ExcludeFromDescription();
        app.MapGet("/sign-in/again", Again).ExcludeFromDescription();
        app.MapPost("/demo/token", DemoTokenAsync).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>Only a path on this site: a link that signs somebody in must not send them elsewhere afterwards.</summary>
    public static string LocalPath(string? returnUrl)
        => returnUrl is ['/', ..] && returnUrl is not ['/', '/' or '\\', ..] ? returnUrl : "/";

    /// <summary>Proves anew who is there, for what leaves the product: the authority must ask, however lately it did.</summary>
    private static IResult Again(string? returnUrl, SignInSettings settings)
    {
        var back = LocalPath(returnUrl);
        return settings.Oidc is null
            ? TypedResults.LocalRedirect($"/sign-in?returnUrl={Uri.EscapeDataString(back)}")
            : TypedResults.Challenge(
                new OpenIdConnectChallengeProperties { RedirectUri = back, MaxAge = TimeSpan.Zero, Prompt = "login" }, [SignInRegistration.OidcScheme]);
    }

    private static async Task<IResult> SignOutAsync(
        HttpContext context, IAntiforgery antiforgery, SignInSettings settings, RoomAccess access, RoomNews news)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return TypedResults.BadRequest();
        }

        if (context.User.FindFirst(Identity.Session) is { } session)
        {
            // Not the request's own token: whoever closes the tab meanwhile is signed out all the same.
            foreach (var caseId in await access.EndSessionAsync(session.Value, CancellationToken.None))
            {
                news.PresenceChanged(caseId);
            }
        }

        await context.SignOutAsync(SignInRegistration.CookieScheme);
        return settings.Oidc is null
            ? TypedResults.LocalRedirect("/sign-in")
            : TypedResults.SignOut(new AuthenticationProperties { RedirectUri = "/" }, [SignInRegistration.OidcScheme]);
    }

    private static async Task<Results<Ok<DemoTokenResponse>, ProblemHttpResult, NotFound>> DemoTokenAsync(
        DemoTokenRequest request, HttpContext context, DemoSignIn demo, TimeProvider time)
    {
        if (!demo.IsAllowed(context))
        {
            return TypedResults.NotFound();
        }

        if (await demo.FindAsync(request.Person, context.RequestAborted) is not { } person)
        {
            return TypedResults.Problem(
                statusCode: StatusCodes.Status422UnprocessableEntity,
                type: "urn:signalreview:unknown-person",
                title: "No such person in the demo.");
        }

        var (token, expires) = demo.Token(person);
        return TypedResults.Ok(new DemoTokenResponse(token, "Bearer", (int)(expires - time.GetUtcNow()).TotalSeconds));
    }
}
