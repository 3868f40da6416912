using SignalReview.Cases;
using SignalReview.Consultations;

namespace SignalReview.Tests.Consultations;

[TestFixture]
internal sealed class FinishComparingTests
{
    private CaseWorld world = null!;

    [SetUp]
    public async Task Start() => world = await (await CaseWorld.StartAsync()).InInterpretingAsync();

    [TearDown]
    public async Task End() => await world.DisposeAsync();

    [Test]
    public async Task Before_the_reveal_and_after_the_choice_there_is_nothing_to_choose()
    {
        (await world.TryAsync(world.Owner, new FinishComparingCommand(world.NewId(), OpenRoom: true))).ShouldBeRefused("comparing-not-open");
        await ReadAllAsync();
        await world.DoAsync(world.Owner, new FinishComparingCommand(world.NewId(), OpenRoom: true));

        (await world.TryAsync(world.Owner, new FinishComparingCommand(world.NewId(), OpenRoom: false))).ShouldBeRefused("comparing-not-open");
        Assert.That((await world.FileAsync()).Phase, Is.EqualTo(CasePhase.Room));
    }

    [Test]
    public async Task Only_who_owns_or_leads_the_case_chooses()
    {
        await ReadAllAsync();
        (await world.TryAsync((await world.ReadersAsync())[0], new FinishComparingCommand(world.NewId(), OpenRoom: false))).ShouldBeForbidden();
        await world.DoAsync(world.Facilitator, new FinishComparingCommand(world.NewId(), OpenRoom: false));

        Assert.That((await world.FileAsync()).Phase, Is.EqualTo(CasePhase.Deciding));
    }

    private async Task ReadAllAsync()
    {
        foreach (var reader in await world.ReadersAsync())
        {
            await world.DoAsync(reader, new SubmitInterpretationCommand(world.NewId(), CaseWorld.Reading()));
        }
    }
}
