using System.Globalization;
using System.Reflection;

namespace SignalReview.Web.Api;

/// <summary><c>?page=&amp;pageSize=</c>: from 1, at most 100 lines.</summary>
internal sealed record Paging(int Page, int PageSize)
{
    public const int MostLines = 100;

    public const int DefaultLines = 25;
    private const int MostPages = 100_000;

    public bool IsValid => Page is >= 1 and <= MostPages && PageSize is >= 1 and <= MostLines;

    public static ValueTask<Paging> BindAsync(HttpContext context, ParameterInfo parameter) => ValueTask.FromResult(
        new Paging(Number(context.Request, "page", 1), Number(context.Request, "pageSize", DefaultLines)));

    /// <summary>This page with the addresses of its neighbours.</summary>
    public Page<T> Of<T>(IReadOnlyList<T> items, int total, HttpRequest request) =>
        new(items, Page, PageSize, total, Links(request, total));

    public PageLinks Links(HttpRequest request, int total)
    {
        return new(Link(Page), Page > 1 ? Link(Page - 1) : null, (long)Page * PageSize < total ? Link(Page + 1) : null);

        // What else was asked for, such as a filter, is asked for on the next page too.
        string Link(int page) => string.Create(CultureInfo.InvariantCulture, $"{request.PathBase}{request.Path}?page={page}&pageSize={PageSize}{Others()}");

        string Others() => string.Concat(request.Query
            .Where(pair => pair.Key is not ("page" or "pageSize"))
            .Select(pair => $"&{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value.ToString())}"));
    }

    // Not a number: out of bounds, which the filter answers.
    private static int Number(HttpRequest request, string name, int missing) => request.Query[name].ToString() switch
    {
        "" => missing,
        var text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0,
    };
}

/// <summary>One page of a list.</summary>
/// <param name="Items">At most <paramref name="PageSize"/>.</param>
/// <param name="Number">From 1.</param>
/// <param name="PageSize">1–100.</param>
/// <param name="Total">How many there are on all pages.</param>
/// <param name="Links">Addresses on this host.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, int Number, int PageSize, int Total, PageLinks Links);

/// <param name="Self">This page.</param>
/// <param name="Previous">Null on the first page.</param>
/// <param name="Next">Null on the last page.</param>
public sealed record PageLinks(string Self, string? Previous, string? Next);
