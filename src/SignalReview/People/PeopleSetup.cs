using Microsoft.Extensions.DependencyInjection;

namespace SignalReview.People;

internal static class PeopleSetup
{
    /// <summary><see cref="PeopleDirectory"/> and <see cref="Actors"/>; <see cref="PeopleStore"/> is static.</summary>
    public static IServiceCollection AddPeople(this IServiceCollection services) =>
        services.AddSingleton<PeopleDirectory>().AddSingleton<Actors>();
}
