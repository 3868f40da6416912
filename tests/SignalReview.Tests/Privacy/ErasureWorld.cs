using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Privacy.Erasure;
using SignalReview.Privacy.Holds;
using SignalReview.Storage;

namespace SignalReview.Tests.Privacy;

/// <summary>What people do about holds and erasures, in a case world.</summary>
internal static class ErasureWorld
{
    /// <summary>May be the second person: a coordinator without a part in the default case.</summary>
    public static Actor Second(this CaseWorld world) => world.Coordinator;

    public static InterestCheck[] NothingWeighsMore { get; } =
        [new(Interest.ReportingCode, InterestOutcome.Absent), new(Interest.OtherSubject, InterestOutcome.Yields, "Zij is volwassen en stemt in."), new(Interest.Claim, InterestOutcome.Absent)];

    public static PlaceHoldCommand Hold(this CaseWorld world, DateOnly? until = null) =>
        new(world.NewId(), HoldGround.Complaint, "Er loopt een klacht van een ouder.", "de klachtencommissie", until);

    public static async Task<Guid> RequestAsync(this CaseWorld world)
    {
        var command = new RequestErasureCommand(world.NewId(), ErasureGround.ConsentWithdrawn, ErasureAskedBy.Subject, "Zij belde en wil dat alles weg is.");
        return (await world.DoAsync(world.PrivacyOfficer, command)).Created!.Value;
    }

    public static async Task<Guid> CheckedAsync(this CaseWorld world)
    {
        var id = await world.RequestAsync();
        await world.DoAsync(world.PrivacyOfficer, new CheckErasureCommand(world.NewId(), id, NothingWeighsMore));
        return id;
    }

    public static async Task<Guid> ApprovedAsync(this CaseWorld world)
    {
        var id = await world.CheckedAsync();
        await world.DoAsync(world.Second(), new ApproveErasureCommand(world.NewId(), id));
        return id;
    }

    public static async Task<Guid> ErasedAsync(this CaseWorld world)
    {
        var id = await world.ApprovedAsync();
        await world.DoAsync(world.PrivacyOfficer, new EraseCaseCommand(world.NewId(), id));
        return id;
    }

    public static async Task<ErasureRow> ErasureAsync(this CaseWorld world, Guid id)
    {
        await using var db = await world.Database.OpenReadAsync(CancellationToken.None);
        return await db.FirstOrDefaultAsync<ErasureRow>("privacy/erasure", new { ErasureId = id }, CancellationToken.None)
            ?? throw new InvalidOperationException($"There is no erasure {id}.");
    }
}
