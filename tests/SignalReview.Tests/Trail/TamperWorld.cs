using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SignalReview.Cases;
using SignalReview.Demo;
using SignalReview.People;
using SignalReview.Privacy.Erasure;
using SignalReview.Privacy.Holds;
using SignalReview.Signals;
using SignalReview.Storage;
using SignalReview.Tests.Storage;
using SignalReview.Trail;
using SignalReview.Trail.Audit;
using SignalReview.Trail.Checking;
using SignalReview.Trail.Signing;

namespace SignalReview.Tests.Trail;

/// <summary>A few of the demo's cases, played by the real use cases, and what the desks of the auditor and the privacy officer add: something in nearly every table.</summary>
internal sealed class TamperWorld : IAsyncDisposable
{
    private readonly TestDatabase database;
    private readonly ServiceProvider services;

    private TamperWorld(TestDatabase database, ServiceProvider services)
    {
        this.database = database;
        this.services = services;
    }

    public IDatabase Database => services.GetRequiredService<IDatabase>();

    public string Folder => database.Folder;

    public IServiceProvider Services => services;

    public static async Task<TamperWorld> MakeAsync()
    {
        var made = await TestDatabase.SqliteAsync();
        var clock = new SeedClock(new(2026, 3, 16, 9, 0, 0, TimeSpan.Zero));
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["data"] = made.Folder })
            .Build();
        var product = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton<IConfiguration>(configuration)
            .AddSignalReview(configuration)
            .BuildServiceProvider();
        var world = new TamperWorld(made, product);
        await product.PrepareSignalReviewAsync(demo: false, CancellationToken.None);
        await DemoPeople.SeedAsync(product.GetRequiredService<IDatabase>(), CancellationToken.None);
        await world.PlayAsync(clock);
        return world;
    }

    public async Task<TrailReport> CheckAsync(DbSession db) =>
        await new TrailCheck(db, services.GetRequiredService<KeyRing>(), services.GetRequiredService<CheckpointSigner>()).RunAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await database.DisposeAsync();
    }

    private async Task PlayAsync(SeedClock clock)
    {
        var demo = DemoCases.Load().Cases;
        var play = new DemoPlay(new ProcessDoor(services, clock), _ => { });
        var talked = demo.First(c => c.Talk is not null);
        var dissented = demo.First(c => c.Dissent is { ClosingWord: not null } && c.Review is not null);
        var asked = demo.First(c => c.Enquiries is not null && c != talked && c != dissented);
        var ended = await play.RunAsync(dissented, CasePhase.Closed, CancellationToken.None);
        await play.RunAsync(talked, CasePhase.Closed, CancellationToken.None);
        var running = await play.RunAsync(asked, CasePhase.Deciding, CancellationToken.None);
        await play.RunAsync(demo.First(c => c.Stopped is not null), CasePhase.Closed, CancellationToken.None);
        await new DemoAudit(services, clock).RunAsync(running, ended, dissented.Owner!, CancellationToken.None);
        await DemoPrivacy.PlayAsync(services, CancellationToken.None);
        await DesksAsync(clock, running, ended, asked.Submitter);
        await SignAsync();
    }

    private async Task DesksAsync(SeedClock clock, CaseId running, CaseId ended, string submitter)
    {
        clock.Advance(TimeSpan.FromMinutes(5));
        Done(await services.GetRequiredService<AddToSignal>().RunAsync(By(submitter), running, new(NewId(), "Nog iets gezien."), CancellationToken.None));
        Done(await services.GetRequiredService<PlaceHold>().RunAsync(By("w11"), ended, new(NewId(), HoldGround.Complaint, "Er loopt een klacht."), CancellationToken.None));
        Done(await services.GetRequiredService<RequestErasure>().RunAsync(
            By("w11"), ended, new(NewId(), ErasureGround.NoLongerNeeded, ErasureAskedBy.Subject, "De jongere vroeg het."), CancellationToken.None));
        Done(await services.GetRequiredService<DrawSample>().RunAsync(By("w10"), new(NewId(), "Kwartaalcontrole", new(), 2), CancellationToken.None));
        Done(await services.GetRequiredService<ExportJobs>().AskAsync(
            By("w10"), new(NewId(), ExportJobScope.Everything, "Jaarlijkse controle"), clock.GetUtcNow(), CancellationToken.None));

        Guid NewId() => Guid.CreateVersion7(clock.GetUtcNow());
    }

    /// <summary>Two checkpoints, of two keys.</summary>
    private async Task SignAsync()
    {
        var round = services.GetRequiredService<CheckpointRound>();
        await round.RunAsync(CancellationToken.None);
        await using (var db = await Database.OpenReadAsync(CancellationToken.None))
        {
            var size = await db.ScalarAsync<long>("trail/head_size", new { Log = TrailLog.Name }, CancellationToken.None);
            await services.GetRequiredService<CheckpointSigner>().RotateAsync(new DatabaseTree(db), size, CancellationToken.None);
        }

        await round.RunAsync(CancellationToken.None);
    }

    private static Actor By(string subject)
    {
        var person = DemoPeople.All.Single(p => p.Subject == subject);
        return new(person.Id, person.Roles, "test");
    }

    private static void Done(CommandResult result) => Assert.That(result.Refusal, Is.Null);
}
