using SignalReview.Cases;
using SignalReview.Comparing;
using SignalReview.Consultations;
using SignalReview.People;

namespace SignalReview.Tests.Comparing;

/// <summary>What would change a reader's mind, as something that a colleague looks into.</summary>
internal sealed class EnquiryTests
{
    private CaseWorld world = null!;
    private Actor reader = null!;
    private Actor taker = null!;
    private Guid reading;

    [SetUp]
    public async Task Start()
    {
        world = await ComparingWorld.StartAsync();
        var readers = await world.ReadersAsync();
        (reader, taker) = (readers[0], readers[2]);
        reading = await world.ReadingOfAsync(0);
    }

    [TearDown]
    public async Task End() => await world.DisposeAsync();

    [Test]
    public async Task It_goes_from_reader_to_taker_and_back_and_the_reading_stays_as_it_was()
    {
        var before = (await world.ViewAsync(world.Owner)).Readings.Revealed!.Single(r => r.Id == reading).Interpretation;
        Assert.That(await MineAsync(reader), Is.EqualTo((EnquiryState.Open, true, false)));

        await world.DoAsync(taker, new TakeEnquiryCommand(world.NewId(), reading));
        Assert.That(await MineAsync(taker), Is.EqualTo((EnquiryState.Taken, false, true)));
        await world.DoAsync(taker, new ReportEnquiryCommand(world.NewId(), reading, "Hij noemt het een grap."));
        await world.DoAsync(reader, new AnswerEnquiryCommand(world.NewId(), reading, ReadingChange.Unchanged, "Dat zegt hij vaker."));

        var (enquiry, after) = ((await world.ComparisonAsync(world.Owner)).Enquiries.Single(e => e.Reading == reading),
            (await world.ViewAsync(world.Owner)).Readings.Revealed!.Single(r => r.Id == reading).Interpretation);
        Assert.Multiple(() =>
        {
            Assert.That((enquiry.State, enquiry.Found, enquiry.Change, enquiry.Answer), Is.EqualTo(
                (EnquiryState.Answered, "Hij noemt het een grap.", (ReadingChange?)ReadingChange.Unchanged, "Dat zegt hij vaker.")));
            Assert.That((enquiry.Reader.Id, enquiry.TakenBy!.Id), Is.EqualTo((reader.Person, taker.Person)));
            Assert.That(System.Text.Json.JsonSerializer.Serialize(after), Is.EqualTo(System.Text.Json.JsonSerializer.Serialize(before)));
        });
        Assert.That(await world.CountAsync("interpretation.submitted"), Is.EqualTo(3));
        Assert.That((await world.TrailAsync()).Select(e => e.Type).Where(t => t.StartsWith("enquiry.", StringComparison.Ordinal)), Is.EqualTo(
            new[] { "enquiry.taken", "enquiry.reported", "enquiry.answered" }));
    }

    [Test]
    public async Task It_waits_for_whose_turn_it_is()
    {
        await world.DoAsync(taker, new TakeEnquiryCommand(world.NewId(), reading));
        Assert.That(await KindsAsync(taker), Is.EqualTo(new[] { WorkKind.LookInto }));
        Assert.That(await KindsAsync(reader), Is.Empty);

        await world.DoAsync(taker, new ReportEnquiryCommand(world.NewId(), reading, "Een grap."));
        Assert.That(await KindsAsync(taker), Is.Empty);
        Assert.That(await KindsAsync(reader), Is.EqualTo(new[] { WorkKind.AnswerEnquiry }));

        await world.DoAsync(reader, new AnswerEnquiryCommand(world.NewId(), reading, ReadingChange.Shifted, "Minder zorg."));
        Assert.That(await KindsAsync(reader), Is.Empty);
    }

    [Test]
    public async Task One_colleague_takes_it_and_may_give_it_back()
    {
        await world.DoAsync(taker, new TakeEnquiryCommand(world.NewId(), reading));
        (await world.TryAsync(world.Owner, new TakeEnquiryCommand(world.NewId(), reading))).ShouldBeRefused("enquiry-already-taken");
        (await world.TryAsync(world.Owner, new LeaveEnquiryCommand(world.NewId(), reading))).ShouldBeForbidden();
        (await world.TryAsync(world.Owner, new ReportEnquiryCommand(world.NewId(), reading, "x"))).ShouldBeForbidden();

        await world.DoAsync(taker, new LeaveEnquiryCommand(world.NewId(), reading));
        await world.DoAsync(world.Owner, new TakeEnquiryCommand(world.NewId(), reading));

        Assert.That((await world.FileAsync()).Enquiries.Single().TakenById, Is.EqualTo(world.Owner.Person));
    }

    [Test]
    public async Task Two_who_volunteer_at_once_do_not_both_get_it()
    {
        var results = await Task.WhenAll(
            world.TryAsync(taker, new TakeEnquiryCommand(world.NewId(), reading)),
            world.TryAsync(world.Owner, new TakeEnquiryCommand(world.NewId(), reading)));

        Assert.That(results.Count(r => r.Done), Is.EqualTo(1));
        Assert.That(results.Single(r => !r.Done).Refusal!.Code, Is.EqualTo("enquiry-already-taken"));
    }

    [Test]
    public async Task Only_the_reader_says_what_it_does_to_the_reading_and_once()
    {
        (await world.TryAsync(reader, Answer())).ShouldBeRefused("enquiry-not-taken");
        await world.DoAsync(taker, new TakeEnquiryCommand(world.NewId(), reading));
        (await world.TryAsync(reader, Answer())).ShouldBeRefused("enquiry-not-taken");
        (await world.TryAsync(taker, new ReportEnquiryCommand(world.NewId(), reading, " "))).ShouldMiss("found required");
        await world.DoAsync(taker, new ReportEnquiryCommand(world.NewId(), reading, "Een grap."));
        foreach (var other in new[] { taker, world.Owner, world.Facilitator })
        {
            (await world.TryAsync(other, Answer())).ShouldBeForbidden();
        }

        (await world.TryAsync(reader, new AnswerEnquiryCommand(world.NewId(), reading, null, ""))).ShouldMiss("change required", "reason required");
        await world.DoAsync(reader, Answer());
        (await world.TryAsync(reader, Answer())).ShouldBeRefused("enquiry-already-answered");
        (await world.TryAsync(taker, new LeaveEnquiryCommand(world.NewId(), reading))).ShouldBeRefused("enquiry-not-taken");
    }

    [Test]
    public async Task A_reader_who_named_nothing_is_not_asked_about()
    {
        var silent = await world.ReadingOfAsync(2);
        Assert.That((await world.ComparisonAsync(world.Owner)).Enquiries.Select(e => e.Reading), Has.None.EqualTo(silent).And.Count.EqualTo(2));
        (await world.TryAsync(world.Owner, new TakeEnquiryCommand(world.NewId(), silent))).ShouldMiss("reading unknown");
        (await world.TryAsync(world.Owner, new TakeEnquiryCommand(world.NewId(), world.NewId()))).ShouldMiss("reading unknown");
        (await world.TryAsync(world.Facilitator, new TakeEnquiryCommand(world.NewId(), reading))).ShouldBeForbidden();
    }

    private AnswerEnquiryCommand Answer() => new(world.NewId(), reading, ReadingChange.Changed, "Nu wel.");

    private async Task<(EnquiryState State, bool Mine, bool TakenByMe)> MineAsync(Actor actor)
    {
        var enquiry = (await world.ComparisonAsync(actor)).Enquiries.Single(e => e.Reading == reading);
        return (enquiry.State, enquiry.Mine, enquiry.TakenByMe);
    }

    private async Task<IEnumerable<WorkKind?>> KindsAsync(Actor actor) =>
        (await world.Get<WorkList>().ReadAsync(actor, CancellationToken.None)).Waiting.Items.Select(i => i.Kind);
}
