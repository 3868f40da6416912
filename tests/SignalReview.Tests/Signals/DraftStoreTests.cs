using System.Text.Json;
using SignalReview.Consultations;
using SignalReview.Signals;

namespace SignalReview.Tests.Signals;

[TestFixture]
internal sealed class DraftStoreTests
{
    private CaseWorld world = null!;

    [SetUp]
    public async Task Start() => world = await (await CaseWorld.StartAsync()).DraftAsync();

    [TearDown]
    public async Task End() => await world.DisposeAsync();

    [Test]
    public async Task A_draft_is_kept_and_found_again()
    {
        var saved = await Save("eerste zin", 0);
        var found = await Find();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((saved.Outcome, saved.Draft!.Revision), Is.EqualTo((SaveDraftOutcome.Saved, 1L)));
            Assert.That(found!.Content.GetProperty("title").GetString(), Is.EqualTo("eerste zin"));
        }
    }

    [Test]
    public async Task Two_devices_never_overwrite_each_other_in_silence()
    {
        await Save("op de telefoon", 0);
        await Save("verder op de telefoon", 1);
        var late = await Save("op de laptop, van de eerste versie", 1);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(late.Outcome, Is.EqualTo(SaveDraftOutcome.Outdated));
            Assert.That(late.Draft!.Revision, Is.EqualTo(2));
            Assert.That(late.Draft.Content.GetProperty("title").GetString(), Is.EqualTo("verder op de telefoon"));
            Assert.That((await Find())!.Content.GetProperty("title").GetString(), Is.EqualTo("verder op de telefoon"));
        }
    }

    [Test]
    public async Task Of_many_first_saves_at_once_one_wins_and_the_others_are_told()
    {
        var saves = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Save($"apparaat {i}", 0)));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(saves.Count(s => s.Outcome == SaveDraftOutcome.Saved), Is.EqualTo(1));
            Assert.That(saves.Count(s => s.Outcome == SaveDraftOutcome.Outdated), Is.EqualTo(19));
        }
    }

    [Test]
    public async Task Nobody_else_sees_or_writes_it()
    {
        await Save("van mij", 0);
        var other = CaseWorld.Colleague(2);
        Assert.That(await world.Get<DraftStore>().FindAsync(other, world.Case, DraftKind.Signal, CancellationToken.None), Is.Null);
        var written = await world.Get<DraftStore>().SaveAsync(other, world.Case, DraftKind.Signal, Content("van jou"), 0, CancellationToken.None);
        Assert.That(written.Outcome, Is.EqualTo(SaveDraftOutcome.NotYours));
    }

    [Test]
    public async Task A_reader_drafts_a_reading_until_it_is_given()
    {
        await world.DisposeAsync();
        world = await (await CaseWorld.StartAsync()).InInterpretingAsync();
        var reader = (await world.ReadersAsync())[0];
        var store = world.Get<DraftStore>();

        var before = await store.SaveAsync(reader, world.Case, DraftKind.Interpretation, Content("half"), 0, CancellationToken.None);
        await world.DoAsync(reader, new SubmitInterpretationCommand(world.NewId(), CaseWorld.Reading()));
        var after = await store.SaveAsync(reader, world.Case, DraftKind.Interpretation, Content("te laat"), 0, CancellationToken.None);

        Assert.That((before.Outcome, after.Outcome), Is.EqualTo((SaveDraftOutcome.Saved, SaveDraftOutcome.NotYours)));
        Assert.That(await store.FindAsync(reader, world.Case, DraftKind.Interpretation, CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task A_draft_has_a_size_that_fits_a_form()
    {
        var result = await Save(new string('x', DraftStore.MostBytes), 0);
        Assert.That(result.Outcome, Is.EqualTo(SaveDraftOutcome.TooLarge));
    }

    [Test]
    public async Task What_is_drafted_lies_encrypted_in_the_database()
    {
        await Save("onleesbaar in de database", 0);
        await using var db = await world.Database.OpenReadAsync(CancellationToken.None);
        var row = await db.FirstOrDefaultAsync<DraftBytes>(
            "signals/draft", new { CaseId = world.Case, PersonId = world.Submitter.Person, Kind = DraftKind.Signal }, CancellationToken.None);
        Assert.That(System.Text.Encoding.UTF8.GetString(row!.Content), Does.Not.Contain("onleesbaar"));
    }

    private static JsonElement Content(string title) => JsonSerializer.SerializeToElement(new { title });

    private Task<SaveDraftResult> Save(string title, long revision) =>
        world.Get<DraftStore>().SaveAsync(world.Submitter, world.Case, DraftKind.Signal, Content(title), revision, CancellationToken.None);

    private Task<Draft?> Find() => world.Get<DraftStore>().FindAsync(world.Submitter, world.Case, DraftKind.Signal, CancellationToken.None);

    private sealed record DraftBytes
    {
        public byte[] Content { get; init; } = [];
    }
}
