using System.Buffers;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace SignalReview.Web.Api;

/// <summary>Where a body cannot be read, and why.</summary>
/// <param name="Code">The problem: "bad-json", "bad-value", "too-large" or "unsupported-media-type".</param>
/// <param name="Path">JSON path from <c>$</c>; null where there is none.</param>
/// <param name="Why">Key of the text that says why, under Refusals.</param>
/// <param name="Args">What that text names.</param>
internal sealed record BodyFault(string Code, string? Path = null, string? Why = null, params object[] Args);

internal interface IBody
{
    BodyFault? Fault { get; }
}

/// <summary>
/// A JSON body, read strictly. What cannot be read becomes a <see cref="BodyFault"/> that says where it is and how to mend it; the group's
/// filter answers with it before the handler runs, so a handler may take <see cref="Value"/> as given.
/// </summary>
internal sealed class Body<T> : IBody, IEndpointParameterMetadataProvider
    where T : class
{
    private readonly T? value;

    private Body(T? value, BodyFault? fault)
    {
        this.value = value;
        Fault = fault;
    }

    public BodyFault? Fault { get; }

    public T Value => value ?? throw new InvalidOperationException("The body was not read; the group lacks its filter.");

    public static async ValueTask<Body<T>> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var request = context.Request;
        if (!request.HasJsonContentType())
        {
            return new(null, new("unsupported-media-type"));
        }

        var bytes = await ReadAsync(request, context.RequestAborted);
        if (bytes is null)
        {
            return new(null, new("too-large"));
        }

        var fault = JsonReading.Parse<T>(bytes, out var value);
        return new(value, fault);
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T)));

    /// <returns>Null when it is longer than this address takes.</returns>
    private static async Task<byte[]?> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength > BodyLimits.MaxBytes)
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>();
        int read;
        while ((read = await request.Body.ReadAsync(buffer.GetMemory(4096), ct)) > 0)
        {
            buffer.Advance(read);
            if (buffer.WrittenCount > BodyLimits.MaxBytes)
            {
                return null;
            }
        }

        return buffer.WrittenSpan.ToArray();
    }
}

internal static class BodyLimits
{
    /// <summary>The longest text fields together, written out in escapes.</summary>
    public const int MaxBytes = 512 * 1024;
}
