using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
#if ELSA
using SignalReview.Elsa;
using SignalReview.Storage;
#endif

namespace SignalReview.KillWorker;

/// <summary>The engines that can be worked with, by the name that <c>--engine</c> gives.</summary>
internal static class Engines
{
    private static readonly Dictionary<string, Action<IServiceCollection, IConfiguration>> ByName = new(StringComparer.Ordinal)
    {
        ["embedded"] = (_, _) => { }, // the product's own
#if ELSA
        ["elsa"] = (services, settings) => services.AddElsaEngine(settings, DataFolder.At(settings["data"]!)),
#endif
    };

    public static void Add(IServiceCollection services, IConfiguration settings) =>
        (ByName.GetValueOrDefault(settings["engine"] ?? "") ?? throw new InvalidOperationException($"There is no engine '{settings["engine"]}'."))(services, settings);
}
