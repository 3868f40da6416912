using SignalReview.Cases;
using SignalReview.Comparing;
using SignalReview.Consultations;
using SignalReview.People;

namespace SignalReview.Tests.Comparing;

/// <summary>Three revealed readings: the first two miss the same thing in other words, all say what would change their mind but the last.</summary>
internal static class ComparingWorld
{
    public const string Missed = "Wie reageerde er?";

    public static Interpretation Reading(int place) => CaseWorld.Reading(place == 2 ? 8 : 4) with
    {
        EvidenceFor = place == 1 ? ["geen namen"] : ["De straatnaam", "geen datum"],
        EvidenceAgainst = place == 0 ? ["Geen namen!"] : [],
        Missing = place switch { 0 => [Missed, "wat zegt school?"], 1 => ["", "wie reageerde er"], _ => [] },
        WouldChangeMyMind = place == 2 ? null : $"Als lezer {place} de maker spreekt",
    };

    public static async Task<CaseWorld> StartAsync()
    {
        var world = await CaseWorld.StartAsync();
        await world.InComparingAsync(reading: Reading);
        return world;
    }

    public static async Task<ComparisonView> ComparisonAsync(this CaseWorld world, Actor actor) => (await world.ViewAsync(actor)).Comparison!;

    public static async Task<CaseView> ViewAsync(this CaseWorld world, Actor actor) =>
        (await world.Get<CaseReads>().ReadAsync(actor, world.Case, "compare", CancellationToken.None)).View!;

    public static async Task<Guid> MissedAsync(this CaseWorld world) =>
        (await world.ComparisonAsync(world.Owner)).Missing.Single(m => m.Text == Missed).Id;

    /// <summary>The reading of the reader with this place, as the commands name it.</summary>
    public static async Task<Guid> ReadingOfAsync(this CaseWorld world, int place)
    {
        var reader = (await world.ReadersAsync())[place];
        var file = await world.FileAsync();
        return BlindViewAnchors.IdOf(file, file.Interpretations.Single(i => i.PersonId == reader.Person));
    }
}
