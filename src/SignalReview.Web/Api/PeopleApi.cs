using SignalReview.People;

namespace SignalReview.Web.Api;

/// <summary>A colleague, as much as is needed to ask them something.</summary>
/// <param name="Id">Names them in commands.</param>
/// <param name="Name">As colleagues know them.</param>
/// <param name="JobTitle">What they do.</param>
/// <param name="Team">Where.</param>
/// <param name="Roles">Who may read (worker), lead a room (facilitator) or approve (approver).</param>
public sealed record ColleagueView(PersonId Id, string Name, string JobTitle, string Team, IReadOnlyList<Role> Roles);

internal static class PeopleApi
{
    public static void MapPeople(this IEndpointRouteBuilder api)
    {
        var people = api.MapGroup("").WithTags("People");
        people.MapGet("/people", async (Caller caller, Paging paging, PeopleDirectory directory, HttpContext context, CancellationToken ct) =>
            {
                var active = (await directory.GetAsync(ct)).All.Where(p => p.Active).ToList();
                var page = active.Skip((paging.Page - 1) * paging.PageSize).Take(paging.PageSize).Select(View).ToList();
                return TypedResults.Ok(paging.Of(page, active.Count, context.Request));
            })
            .WithName("GetPeople")
            .WithSummary("Colleagues, by name.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden);
        people.MapGet("/me", async (Caller caller, PeopleDirectory directory, CancellationToken ct) =>
                TypedResults.Ok(View((await directory.FindAsync(caller.Actor.Person, ct))!)))
            .WithName("GetMe")
            .WithSummary("Who the caller is here.")
            .ProducesProblem(StatusCodes.Status403Forbidden);
    }

    private static ColleagueView View(Person person) => new(person.Id, person.Name, person.JobTitle, person.Team, [.. person.Roles.Order()]);
}
