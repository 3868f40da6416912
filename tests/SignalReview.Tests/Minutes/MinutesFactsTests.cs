using System.Text;
using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.Decisions;
using SignalReview.Minutes;
using SignalReview.Rooms;
using SignalReview.Signals;
using SignalReview.Trail;

namespace SignalReview.Tests.Minutes;

/// <summary>What the minutes say by themselves, and to whom.</summary>
[TestFixture]
internal sealed class MinutesFactsTests
{
    private CaseWorld world = null!;

    [SetUp]
    public async Task Start() => world = await CaseWorld.StartAsync();

    [TearDown]
    public async Task End() => await world.DisposeAsync();

    [Test]
    public async Task They_follow_the_talk_while_it_lasts()
    {
        await world.TalkAsync();
        var before = (await world.MinutesAsync(world.Owner))!.Draft!;
        await world.DoAsync((await world.ReadersAsync())[0], new SayCommand(world.NewId(), "Wat zegt de docent?", MessageKind.Question));
        await world.DoAsync(world.Facilitator, new SayCommand(world.NewId(), "Zomaar iets."));
        var after = (await world.MinutesAsync(world.Owner))!.Draft!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(before.Messages, Is.Empty);
            Assert.That(after.Messages.Select(m => (m.Kind, m.Text)), Is.EqualTo(new[] { (MessageKind.Question, "Wat zegt de docent?") }));
            Assert.That(after.Attendance.Select(a => a.Person.Id), Is.EqualTo((await world.PresentAsync()).Select(p => p.Person)));
            Assert.That(after.Attendance[1].JoinedAt - after.Attendance[0].JoinedAt, Is.EqualTo(TimeSpan.FromMinutes(1)));
            Assert.That(after.Phases[^1].Until, Is.Null);
            Assert.That(after.Rounds, Is.Empty);
        }
    }

    [Test]
    public async Task Each_phase_ends_where_the_next_begins_and_the_last_with_the_room()
    {
        await world.TalkAsync();
        await world.CloseRoomAsync();
        var phases = (await world.MinutesAsync(world.Facilitator))!.Draft!.Phases;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(phases.Select(p => p.Phase), Does.Contain(RoomPhase.Vote));
            Assert.That(phases.Zip(phases.Skip(1)).All(pair => pair.First.Until == pair.Second.From));
            Assert.That(phases.Single(p => p.Phase == RoomPhase.Vote) is { } vote && vote.Until - vote.From == TimeSpan.FromMinutes(5));
            Assert.That(phases[^1].Until, Is.Not.Null);
        }
    }

    [Test]
    public async Task A_vote_is_in_them_from_its_reveal_on_and_as_counts()
    {
        await world.TalkAsync();
        await world.DoAsync(world.Facilitator, new OpenVoteCommand(world.NewId()));
        var voters = await world.VotersAsync();
        foreach (var voter in voters.SkipLast(1))
        {
            await world.DoAsync(voter, world.Vote(VoteOption.Emergency));
        }

        var blind = (await world.MinutesAsync(world.Facilitator))!;
        await world.DoAsync(voters[^1], world.Vote(VoteOption.NoConcern));
        var open = (await world.MinutesAsync(world.Facilitator))!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(blind.Draft!.Rounds, Is.Empty);
            Assert.That(Json(blind), Does.Not.Contain("emergency"));
            Assert.That(open.Draft!.Rounds.Single().Tally.Counts!.Select(c => (c.Option, c.Votes)), Is.EqualTo(new[] { (VoteOption.Emergency, voters.Count - 1), (VoteOption.NoConcern, 1) }));
            Assert.That(Json(open), Does.Not.Contain("Omdat we het kunnen vragen."), "why somebody voted so is not for the minutes");
        }
    }

    [Test]
    public async Task They_hold_the_text_as_it_was_when_they_were_proposed_and_no_retracted_word()
    {
        await world.TalkAsync();
        var reader = (await world.ReadersAsync())[0];
        var first = (await world.DoAsync(reader, new SayCommand(world.NewId(), "Bel de docent?", MessageKind.Question))).Created!.Value;
        var second = (await world.DoAsync(reader, new SayCommand(world.NewId(), "Bel Jan Jansen?", MessageKind.Question))).Created!.Value;
        await world.DoAsync(reader, new EditMessageCommand(world.NewId(), first, "Bel de muziekdocent?"));
        await world.CloseRoomAsync();
        await world.DoAsync(world.Facilitator, new ProposeMinutesCommand(world.NewId()));
        await world.DoAsync(world.Facilitator, new RetractMessageCommand(world.NewId(), second, "Er stond een naam in."));
        var minutes = (await world.MinutesAsync(world.Owner))!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                minutes.Versions.Single().Content!.Messages.Select(m => (m.Text, m.Retracted)),
                Is.EqualTo(new[] { ("Bel de muziekdocent?", false), ((string?)null, true) }));
            Assert.That(Json(minutes), Does.Not.Contain("Jansen"));
        }
    }

    [Test]
    public async Task What_was_proposed_holds_nobodys_words_a_second_time()
    {
        await world.TalkAsync();
        await world.DoAsync((await world.ReadersAsync())[0], new SayCommand(world.NewId(), "Heel eigen woorden?", MessageKind.Question));
        await world.CloseRoomAsync();
        await world.DoAsync(world.Facilitator, new ProposeMinutesCommand(world.NewId()));
        var body = await world.LastBodyAsync<MinutesProposedBody>("minutes.proposed");
        Assert.That(Encoding.UTF8.GetString(TrailJson.Canonical(body)), Does.Not.Contain("eigen woorden"));
        Assert.That(body.Facts.Messages, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task The_second_pair_of_eyes_reads_them_once_they_are_fixed()
    {
        await world.ProposedAsync();
        await world.DoAsync(world.Owner, world.Decide());
        Assert.That(await world.MinutesAsync(world.Approver), Is.Null, "they are still being agreed on");
        foreach (var person in (await world.PresentAsync()).Skip(1))
        {
            await world.DoAsync(person, new AnswerMinutesCommand(world.NewId(), 1, true));
        }

        var minutes = (await world.MinutesAsync(world.Approver))!;
        Assert.That((minutes.Draft, minutes.Versions.Single().State), Is.EqualTo(((MinutesContent?)null, MinutesState.Fixed)));
    }

    [Test]
    public async Task Who_only_sees_where_the_case_is_reads_no_minutes()
    {
        await world.ProposedAsync();
        Assert.That(await world.MinutesAsync(world.Coordinator), Is.Null);
    }

    [Test]
    public async Task Before_there_is_a_room_there_are_none()
    {
        await world.InComparingAsync();
        Assert.That(await world.MinutesAsync(world.Owner), Is.Null);
        (await world.TryAsync(world.Facilitator, new EditMinutesCommand(world.NewId(), MinutesSection.Course, "Iets."))).ShouldBeRefused("minutes-not-open");
        (await world.TryAsync(world.Facilitator, new ProposeMinutesCommand(world.NewId()))).ShouldBeRefused("minutes-not-open");
    }

    private static string Json(MinutesView minutes) => Encoding.UTF8.GetString(TrailJson.Canonical(minutes));
}
