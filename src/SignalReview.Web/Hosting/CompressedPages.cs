using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;

namespace SignalReview.Web.Hosting;

/// <summary>
/// Pages, styles and scripts go over the wire compressed: people open a room on a phone, in a train. A compressed page gives away its secrets by its
/// length to who can put words of their own into it (BREACH), so a page that may repeat something of its request is sent as it is.
/// </summary>
internal static class CompressedPages
{
    public static void AddCompressedPages(this IServiceCollection services)
    {
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = ["text/html", "text/css", "text/javascript", "image/svg+xml"];
        });
        services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Optimal);
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
    }

    public static void UseCompressedPages(this WebApplication app) =>
        app.UseWhen(context => RepeatsNothing(context.Request), branch => branch.UseResponseCompression());

    // A path names a page or a case that is there; anything else that a page repeats stands in the query or in the form.
    private static bool RepeatsNothing(HttpRequest request) => HttpMethods.IsGet(request.Method) && !request.QueryString.HasValue;
}
