using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace SignalReview.Web.Tests.Support;

/// <summary>Every address of the API as the host maps it, so that one that is added is tested without being named.</summary>
internal static class ApiRoutes
{
    public static IReadOnlyList<RouteEndpoint> Endpoints(WebHost host) =>
        [.. host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText?.StartsWith("/api/", StringComparison.Ordinal) == true)];

    /// <param name="host">The host.</param>
    /// <param name="id">Where an address names a case.</param>
    public static IEnumerable<(string Method, string Path)> Of(WebHost host, Guid? id = null) =>
        from endpoint in Endpoints(host)
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods
        select (method, endpoint.RoutePattern.RawText!
            .Replace("{id:guid}", (id ?? Doors.NewId()).ToString(), StringComparison.Ordinal)
            .Replace("{kind}", "interpretation", StringComparison.Ordinal));
}
