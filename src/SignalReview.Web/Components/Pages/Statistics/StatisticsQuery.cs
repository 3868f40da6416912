using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.Extensions;
using SignalReview.Statistics;

namespace SignalReview.Web.Components.Pages.Statistics;

/// <summary>What an address asks for: <c>?period=&amp;team=&amp;platform=&amp;theme=&amp;workflow=&amp;round=&amp;seed=</c>. The page, its tables and the API read it alike.</summary>
public sealed record StatisticsQuery(StatisticsFilter Filter, int Round, int Seed)
{
    public const int DefaultSeed = 1;

    // Neither a round nor a seed: the use case refuses it by name.
    private const int NotANumber = -1;

    public bool IsDefault => this == new StatisticsQuery(StatisticsFilter.All, 1, DefaultSeed);

    public static StatisticsQuery Of(IQueryCollection query) => new(
        new(Text(query, "period"), Text(query, "team"), Text(query, "platform"), Text(query, "theme"), Text(query, "workflow")),
        Number(query, "round", 1),
        Number(query, "seed", DefaultSeed));

    public static ValueTask<StatisticsQuery> BindAsync(HttpContext context, ParameterInfo parameter) => ValueTask.FromResult(Of(context.Request.Query));

    /// <summary>As an address, with its question mark; empty when nothing was chosen.</summary>
    public string ToQuery()
    {
        var query = new QueryBuilder();
        Add("period", Filter.Period);
        Add("team", Filter.Team);
        Add("platform", Filter.Platform);
        Add("theme", Filter.Theme);
        Add("workflow", Filter.Workflow);
        Add("round", Round == 1 ? null : Round.ToString(CultureInfo.InvariantCulture));
        Add("seed", Seed == DefaultSeed ? null : Seed.ToString(CultureInfo.InvariantCulture));
        return query.ToQueryString().Value ?? "";

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                query.Add(name, value);
            }
        }
    }

    private static string? Text(IQueryCollection query, string name) => query[name].ToString() is { Length: > 0 } text ? text : null;

    private static int Number(IQueryCollection query, string name, int missing) => query[name].ToString() switch
    {
        "" => missing,
        var text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : NotANumber,
    };
}
