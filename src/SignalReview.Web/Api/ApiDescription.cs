using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scalar.AspNetCore;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Statistics;
using SignalReview.Web.Components.Pages.Statistics;
using SignalReview.Web.Hosting;

namespace SignalReview.Web.Api;

/// <summary>The API in words for programs (/openapi/v1.json) and for people (/docs). Both work without any other host.</summary>
internal static class ApiDescription
{
    public const string DocumentAddress = "/openapi/v1.json";

    private const string Document = "v1";
    private const string BearerScheme = "bearer";

    // Some of the page's own colours are too pale to be read by everyone (WCAG 1.4.3).
    private const string Contrast =
        ".light-mode{--scalar-color-3:#595959;--scalar-color-green:#006b44;--scalar-color-orange:#a83a00}.dark-mode{--scalar-color-3:#a8a8a8}";

    public static void AddApiDescription(this IServiceCollection services) => services.AddOpenApi(Document, options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "SignalReview",
                Version = Document,
                Description = "Peer consultation on online signals. Commands are POSTs that carry a commandId made by the client; the same command "
                    + "sent again is answered with its first receipt. Refusals are problem details (RFC 9457) in Dutch or English (Accept-Language), "
                    + "with a stable code, what to do now, and the fields concerned. Unknown names in JSON are refused.",
            };
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
            document.Components.SecuritySchemes[BearerScheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "JWT",
                Description = "An access token of the organisation's authority; in the demo one from POST /demo/token.",
            };
            document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(BearerScheme, document)] = [] }];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            operation.Responses ??= [];
            operation.Responses.TryAdd("401", new OpenApiResponse { Description = "Not signed in." });
            AddQuery(operation, context);
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            if (context.JsonTypeInfo.Type is { } type && (type == typeof(CaseId) || type == typeof(PersonId)))
            {
                schema.Type = JsonSchemaType.String;
                schema.Format = "uuid";
            }

            // What may be null may also be left out.
            foreach (var property in context.JsonTypeInfo.Properties.Where(p => p.AssociatedParameter is { IsNullable: true }))
            {
                schema.Required?.Remove(property.Name);
            }

            return Task.CompletedTask;
        });
    });

    public static void MapApiDescription(this WebApplication app)
    {
        app.MapOpenApi().AllowAnonymous();
        app.MapScalarApiReference("/docs", options => options
                .WithTitle("SignalReview API")
                .WithOpenApiRoutePattern("/openapi/{documentName}.json")
                .AddDocument(Document)
                .WithNonce()
                .DisableDefaultFonts()
                .DisableTelemetry()
                .DisableAgent()
                .DisableMcp()
                .HideDeveloperTools()
                .HideClientButton()
                .WithCustomCss(Contrast))
            .AllowAnonymous()
            .WithMetadata(new ContentPolicy(DocsPolicy))
            .AddEndpointFilter(SayLanguageAsync);
    }

    // The page itself does not tell its language, so a screen reader would read it as Dutch or whatever it is set to.
    private static async ValueTask<object?> SayLanguageAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context);
        return result is ContentHttpResult { ResponseContent: { } html } page
            ? TypedResults.Content(html.Replace("<html>", "<html lang=\"en\">", StringComparison.Ordinal), page.ContentType)
            : result;
    }

    // Parameters that a bound type reads from the request are not found by reflection.
    private static void AddQuery(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var bound = context.Description.ActionDescriptor.EndpointMetadata.OfType<System.Reflection.MethodInfo>()
            .SelectMany(m => m.GetParameters())
            .Select(p => p.ParameterType)
            .ToList();
        operation.Parameters ??= [];
        if (bound.Contains(typeof(Paging)))
        {
            operation.Parameters.Add(Number("page", "From 1.", 1, null, 1));
            operation.Parameters.Add(Number("pageSize", "Lines a page.", 1, Paging.MostLines, Paging.DefaultLines));
        }

        if (bound.Contains(typeof(StatisticsQuery)))
        {
            operation.Parameters.Add(Word("period", "A year or a quarter in which cases were submitted: 2026, 2026-Q1."));
            operation.Parameters.Add(Word("team", "Of this team."));
            operation.Parameters.Add(Word("platform", "Seen on this platform."));
            operation.Parameters.Add(Word("theme", "With this theme."));
            operation.Parameters.Add(Word("workflow", "Of this definition, whatever its version."));
            operation.Parameters.Add(Number("round", "Of which round the votes are.", 1, StatisticsReads.MostRounds, 1));
            operation.Parameters.Add(Number("seed", "What intervals are drawn from.", 0, int.MaxValue, StatisticsQuery.DefaultSeed));
        }
    }

    private static OpenApiParameter Word(string name, string description) => new()
    {
        Name = name,
        In = ParameterLocation.Query,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };

    private static OpenApiParameter Number(string name, string description, int least, int? most, int missing) => new()
    {
        Name = name,
        In = ParameterLocation.Query,
        Description = description,
        Schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Integer,
            Minimum = least.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Maximum = most?.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Default = JsonValue.Create(missing),
        },
    };

    // The page sets its styles by script; its own scripts carry the nonce, and nothing comes from elsewhere.
    private static string DocsPolicy(HttpContext context)
    {
        var nonce = context.Items[ScalarOptions.NonceHttpContextItemKey];
        var scripts = nonce is null ? "'self'" : $"'self' 'nonce-{nonce}'";
        return $"default-src 'none'; script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
            + "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";
    }
}
