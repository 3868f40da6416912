using Microsoft.AspNetCore.Localization;
using Microsoft.Net.Http.Headers;
using SignalReview.Web.Hosting;
using SignalReview.Web.Hubs;
using SignalReview.Web.Localization;

namespace SignalReview.Web.Api;

internal static class ApiSetup
{
    public const string Root = "/api/v1";

    /// <summary>Both doors. Before <see cref="ErrorHandling"/>, so that what may be tried again is not called a bug.</summary>
    public static void AddDoors(this IServiceCollection services)
    {
        services.AddSingleton<RefusalTexts>();
        services.AddSingleton<Problems>();
        services.AddSingleton<DraftDoor>();
        services.AddExceptionHandler<DoorExceptions>();
        services.ConfigureHttpJsonOptions(options => ApiJson.ConfigureHttp(options.SerializerOptions));
        services.AddOptions<ProblemDetailsOptions>().Configure<Problems>((options, problems) => options.CustomizeProblemDetails = context =>
        {
            if (ErrorHandling.IsForPrograms(context.HttpContext))
            {
                problems.Complete(context.ProblemDetails, context.HttpContext);
            }
        });
        services.PostConfigure<RequestLocalizationOptions>(options =>
            options.RequestCultureProviders.Add(new CustomRequestCultureProvider(LanguageOfPrograms)));
        services.AddApiDescription();
        services.AddRoomHub();
    }

    public static void MapApi(this WebApplication app)
    {
        var api = app.MapGroup(Root).RequireAuthorization().AddEndpointFilter<DoorFilter>();
        api.MapSignals();
        api.MapCases();
        api.MapWork();
        api.MapPeople();
        api.MapTrail();
        api.MapAudit();
        api.MapStatistics();
        api.MapPrivacy();
        api.MapRetention();
        api.MapAccess();
        app.MapApiDescription();
    }

    /// <summary>A program says in Accept-Language which language it wants; pages have their own switch.</summary>
    private static Task<ProviderCultureResult?> LanguageOfPrograms(HttpContext context)
    {
        var wanted = ErrorHandling.IsForPrograms(context.Request.Path)
            ? context.Request.GetTypedHeaders().AcceptLanguage
                .Where(l => l.Quality is not 0)
                .OrderByDescending(l => l.Quality ?? 1)
                .Select(Known)
                .FirstOrDefault(l => l is not null)
            : null;
        return Task.FromResult(wanted is null ? null : new ProviderCultureResult(wanted));
    }

    private static string? Known(StringWithQualityHeaderValue language) =>
        Languages.Cultures.FirstOrDefault(l => language.Value.StartsWith(l[..2], StringComparison.OrdinalIgnoreCase));
}
