using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Localization;
using SignalReview.Web.Hosting;

namespace SignalReview.Web.Localization;

/// <summary>Dutch unless somebody chose English. The browser's language is not asked: the work language is the team's.</summary>
internal static class Languages
{
    public const string Dutch = "nl";
    public const string English = "en";

    private const string CookieName = "signalreview-language";

    private const string DutchCulture = "nl-NL";
    private const string EnglishCulture = "en-GB";

    private static readonly IRequestCultureFeature InDutch = new RequestCultureFeature(new(DutchCulture), provider: null);
    private static readonly IRequestCultureFeature InEnglish = new RequestCultureFeature(new(EnglishCulture), provider: null);

    /// <summary>In which the product speaks; Dutch first.</summary>
    public static IReadOnlyList<string> Cultures { get; } = [DutchCulture, EnglishCulture];

    public static void AddLocalizedTexts(this IServiceCollection services)
    {
        services.AddSingleton<Texts>();
        services.AddSingleton<TimeWords>();
        services.AddSingleton(TimeProvider.System);
        services.Configure<RequestLocalizationOptions>(options =>
        {
            options.SetDefaultCulture(DutchCulture);
            options.SupportedCultures = [.. Cultures.Select(culture => new CultureInfo(culture))];
            options.SupportedUICultures = options.SupportedCultures;
            options.RequestCultureProviders =
            [
                new CustomRequestCultureProvider(context => Choose(context.Request.Query["culture"].ToString())),
                new CustomRequestCultureProvider(context => Choose(context.Request.Cookies[CookieName])),
            ];
        });
    }

    public static void UseLocalizedTexts(this WebApplication app)
    {
        app.UseWhen(context => !context.Request.OpensSocket(), requests => requests.UseRequestLocalization());
        app.UseWhen(context => context.Request.OpensSocket(), sockets => sockets.Use(Note));
        app.Use(Remember);
    }

    /// <summary>
    /// Speaks the language of the request from here on: error handlers run outside the part of the pipeline that chose it.
    /// </summary>
    public static void Use(HttpContext? context)
    {
        if (context?.Features.Get<IRequestCultureFeature>()?.RequestCulture is { } language)
        {
            CultureInfo.CurrentCulture = language.Culture;
            CultureInfo.CurrentUICulture = language.UICulture;
        }
    }

    /// <summary>This page in the other language; on the page of an error, the address that was asked for, as errors have none.</summary>
    public static string LinkTo(HttpRequest request, string language)
    {
        var query = QueryString.Create(request.Query.Where(pair => pair.Key != "culture")).Add("culture", language);
        var features = request.HttpContext.Features;
        var asked = features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath ?? features.Get<IExceptionHandlerPathFeature>()?.Path ?? request.Path;
        return $"{request.PathBase}{asked}{query}";
    }

    private static Task<ProviderCultureResult?> Choose(string? language) => Task.FromResult(language switch
    {
        Dutch => new ProviderCultureResult(DutchCulture),
        English => new ProviderCultureResult(EnglishCulture),
        _ => null,
    });

    /// <summary>The language of a connection, for its calls: the opening itself says nothing.</summary>
    private static Task Note(HttpContext context, RequestDelegate next)
    {
        var language = context.Request.Query["culture"].ToString() is { Length: > 0 } asked ? asked : context.Request.Cookies[CookieName];
        context.Features.Set(language == English ? InEnglish : InDutch);
        return next(context);
    }

    private static Task Remember(HttpContext context, RequestDelegate next)
    {
        var asked = context.Request.Query["culture"].ToString();
        if (asked is Dutch or English)
        {
            context.Response.Cookies.Append(CookieName, asked, new CookieOptions
            {
                HttpOnly = true,
                IsEssential = true,
                MaxAge = TimeSpan.FromDays(365),
                SameSite = SameSiteMode.Lax,
                Secure = context.Request.IsHttps,
            });
        }

        return next(context);
    }
}
