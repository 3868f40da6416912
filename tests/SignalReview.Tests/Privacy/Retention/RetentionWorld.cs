using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Privacy.Holds;
using SignalReview.Privacy.Retention;
using SignalReview.Signals;
using SignalReview.Storage;

namespace SignalReview.Tests.Privacy.Retention;

/// <summary>A case that was withdrawn, under rules that count in days, let in by two people.</summary>
internal sealed class RetentionWorld(CaseWorld cases, string file) : IAsyncDisposable
{
    public const int KeepDays = 10;
    public const int NoticeDays = 3;

    public CaseWorld Cases => cases;

    public static Actor Officer => CaseWorld.Colleague(11);

    /// <summary>Another privacy officer than the demo's.</summary>
    public static Actor SecondOfficer { get; } = new(CaseWorld.Colleague(10).Person, new HashSet<Role> { Role.PrivacyOfficer }, "test");

    public static string Rules(int version = 1, int keep = KeepDays, string then = "erase") => $$"""
        {
          "id": "days", "version": {{version}}, "name": { "nl": "Dagen", "en": "Days" },
          "grounds": [
            { "id": "task", "name": { "nl": "Taak", "en": "Task" }, "source": "AVG art. 6", "words": ["taak"] },
            { "id": "care", "name": { "nl": "Hulp", "en": "Care" }, "source": "Jeugdwet", "words": ["jeugdhulp"] }
          ],
          "defaultGround": "task", "longestPostponement": "P30D",
          "rules": [
            { "id": "all", "name": { "nl": "Alles", "en": "All" }, "keep": "P{{keep}}D", "from": "ended", "notice": "P{{NoticeDays}}D",
              "tell": ["owner", "coordinator", "privacyOfficer"], "then": "{{then}}", "source": "test" },
            { "id": "draft", "name": { "nl": "Concept", "en": "Draft" }, "when": { "states": ["draft"] }, "keep": "P{{keep}}D", "from": "lastActivity", "notice": "P{{NoticeDays}}D",
              "tell": ["owner"], "then": "erase", "source": "test" },
            { "id": "care", "name": { "nl": "Hulp", "en": "Care" }, "when": { "grounds": ["care"], "states": ["closed", "withdrawn"] }, "keep": "P400D", "from": "ended",
              "notice": "P{{NoticeDays}}D", "tell": ["owner"], "then": "erase", "source": "test" }
          ]
        }
        """;

    public static async Task<RetentionWorld> StartAsync(string? rules = null, bool active = true)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, rules ?? Rules());
        var world = await CaseWorld.StartAsync(settings: new Dictionary<string, string?>(StringComparer.Ordinal) { [RetentionRulesFile.Setting] = file });
        var retention = new RetentionWorld(world, file);
        if (active)
        {
            await retention.ActivateAsync();
        }

        return retention;
    }

    public async Task ActivateAsync()
    {
        var sha = cases.Get<RuleSets>().Loaded.Head.Sha256;
        (await cases.Get<ProposeRules>().RunAsync(Officer, new(cases.NewId(), sha, "Vastgesteld beleid."), CancellationToken.None)).ShouldBeDone();
        (await cases.Get<ActivateRules>().RunAsync(cases.Coordinator, new(cases.NewId(), sha, Agree: true, "Gezien."), CancellationToken.None)).ShouldBeDone();
    }

    /// <summary>A case that ended today.</summary>
    public async Task<CaseId> WithdrawnAsync(SignalSubmission? signal = null)
    {
        await cases.SubmitAsync(signal: signal);
        await cases.DoAsync(cases.Owner, new WithdrawCaseCommand(cases.NewId(), "Het was een ander."));
        await SweepAsync();
        return cases.Case;
    }

    /// <summary>A case that is nearly due and was told of.</summary>
    public async Task<CaseId> NoticedAsync()
    {
        var id = await WithdrawnAsync();
        await PassAsync(KeepDays - NoticeDays);
        Assert.That((await RowAsync(id))!.State, Is.EqualTo(RetentionStep.Noticed));
        return id;
    }

    public Task<SweepResult> SweepAsync() => cases.Get<RetentionSweep>().RunAsync(CancellationToken.None);

    /// <summary>Days in which the product runs and looks every hour.</summary>
    public Task PassAsync(int days) => PassHoursAsync(days * 24);

    public async Task PassHoursAsync(int hours)
    {
        for (var hour = 0; hour < hours; hour++)
        {
            cases.Time.Advance(TimeSpan.FromHours(1));
            await SweepAsync();
        }
    }

    public async Task<RetentionRow?> RowAsync(CaseId id)
    {
        await using var db = await cases.Database.OpenReadAsync(CancellationToken.None);
        return await RetentionStore.FindAsync(db, id, CancellationToken.None);
    }

    /// <summary>For how long the notice must still be there to see.</summary>
    public async Task<long> SecondsToGoAsync(CaseId id)
    {
        await using var db = await cases.Database.OpenReadAsync(CancellationToken.None);
        var row = (await RetentionStore.FindAsync(db, id, CancellationToken.None))!;
        return (NoticeDays * 24 * 3600) - (await RetentionClock.ReadAsync(db, CancellationToken.None) - row.SeenFrom!.Value);
    }

    public async Task<bool> IsErasedAsync(CaseId id)
    {
        await using var db = await cases.Database.OpenReadAsync(CancellationToken.None);
        return (await CaseStore.LoadAsync(db, id, CancellationToken.None))!.IsErased;
    }

    public Task<CommandResult> ObjectAsync(Actor actor, DateOnly until, string reason = "De rechter vraagt ernaar.") =>
        cases.Get<ObjectToErasure>().RunAsync(actor, cases.Case, new(cases.NewId(), until, reason), CancellationToken.None);

    public Task<CommandResult> AnswerAsync(Actor actor, bool grant) =>
        cases.Get<AnswerObjection>().RunAsync(actor, cases.Case, new(cases.NewId(), grant, "Gewogen."), CancellationToken.None);

    public Task<CommandResult> HoldAsync(DateOnly? until = null) =>
        cases.Get<PlaceHold>().RunAsync(Officer, cases.Case, new PlaceHoldCommand(cases.NewId(), HoldGround.Complaint, "Er loopt een klacht.", Until: until), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await cases.DisposeAsync();
        File.Delete(file);
    }
}
