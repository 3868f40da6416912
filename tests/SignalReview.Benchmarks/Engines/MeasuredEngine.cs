using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
#if ELSA
using SignalReview.Elsa;
using SignalReview.Storage;
#endif

namespace SignalReview.Benchmarks.Engines;

/// <summary>An engine to be measured, on the product's own database and command runner.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Add">Registers it, over the product's own services.</param>
/// <param name="AsksLater">It works outside our transaction: a step may be open only some time after the command that leads to it.</param>
internal sealed record MeasuredEngine(string Name, Action<IServiceCollection, IConfiguration> Add, bool AsksLater)
{
    /// <summary>All that are built. The first is the one that the others are held against.</summary>
    public static IReadOnlyList<MeasuredEngine> All { get; } =
    [
        new("embedded", (_, _) => { }, AsksLater: false), // the product's own
#if ELSA
        new("Elsa", (services, configuration) => services.AddElsaEngine(configuration, DataFolder.At(configuration["data"]!)), AsksLater: true),
#endif
    ];
}
