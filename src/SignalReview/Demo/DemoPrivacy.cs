using Microsoft.Extensions.DependencyInjection;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Privacy.AccessRequests;
using SignalReview.Privacy.Retention;

namespace SignalReview.Demo;

/// <summary>The privacy officer's desk in the demo: rules that two people let in, what they tell, and one request for access.</summary>
internal static class DemoPrivacy
{
    private const int Coordinator = 7;
    private const int Officer = 11;
    private const int Age = 16;
    private static readonly TimeSpan Ago = TimeSpan.FromDays(6);

    public static async Task PlayAsync(IServiceProvider services, CancellationToken ct)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var sets = services.GetRequiredService<RuleSets>();
        await sets.KeepAsync(ct);
        var sha = sets.Loaded.Head.Sha256;
        Done(await services.GetRequiredService<ProposeRules>().RunAsync(As(Officer), new(Id(), sha, "Het voorbeeld past bij ons beleid."), ct));
        Done(await services.GetRequiredService<ActivateRules>().RunAsync(As(Coordinator), new(Id(), sha, Agree: true, "Samen doorgenomen."), ct));
        await services.GetRequiredService<RetentionSweep>().RunAsync(ct);
        Done(await services.GetRequiredService<RegisterAccess>().RunAsync(
            As(Officer),
            new(Id(), Requester.YoungPerson, Age, IdentityCheck.KnownInPerson, Reckoner.DayOf(now - Ago), "Een jongere vroeg het na de training aan haar jongerenwerker: wat staat er over mij?"),
            ct));

        Guid Id() => Guid.CreateVersion7(now);
    }

    private static Actor As(int number)
    {
        var person = DemoPeople.All.Single(p => p.Id == DemoPeople.Id(number));
        return new(person.Id, person.Roles, "demo");
    }

    private static void Done(CommandResult result)
    {
        if (result.Refusal is { } refusal)
        {
            throw new DemoFailedException($"The privacy officer's desk was refused: {refusal.Code}.");
        }
    }
}
