using System.Globalization;
using SignalReview.Cases;
using SignalReview.Comparing;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Rooms.Anonymous;
using SignalReview.Rooms.Tallies;
using SignalReview.Tests.Consultations;
using SignalReview.Trail;

namespace SignalReview.Tests.Rooms.Anonymous;

/// <summary>Behind every door stands a letter, for everyone but an auditor who has no other part in the case.</summary>
internal sealed class PseudonymousTests
{
    [Test]
    public async Task Readings_and_votes_stand_under_letters_that_name_nobody()
    {
        await using var blind = await BlindWorld.StartAsync(mode: Anonymity.Pseudonymous);
        await blind.VoteAsync(4);
        var people = blind.Readers.Append(blind.World.Owner).Select(a => a.Person).ToHashSet();

        foreach (var viewer in blind.Viewers().Where(v => v.SeesAdvice))
        {
            var view = (await blind.ViewAsync(viewer.Actor))!;
            var shown = view.Readings.Revealed!.Select(r => r.By).Concat(view.Room!.Rounds.Single().Votes.Select(v => v.By)).ToList();
            Assert.That(shown, Has.Count.EqualTo(7), viewer.Name);
            Assert.That(shown.Select(p => p.Name), Has.All.Match(@"^(Lezer|Stemmer) [A-Z]+( \(jij\))?$"), viewer.Name);
            Assert.That(shown.Select(p => p.Id).Distinct().Count(), Is.EqualTo(7), "a letter for readings, another for votes");
            Assert.That(shown.Any(p => people.Contains(p.Id)), Is.False, viewer.Name);
            Assert.That(shown.Select(p => p.JobTitle), Has.All.Empty);
        }
    }

    [Test]
    public async Task One_sees_which_are_ones_own_and_the_letters_are_the_same_for_all()
    {
        await using var blind = await BlindWorld.StartAsync(mode: Anonymity.Pseudonymous);
        await blind.VoteAsync(4);
        var mine = (await blind.ViewAsync(blind.Readers[1]))!;
        var theirs = (await blind.ViewAsync(blind.Readers[0]))!;

        var own = mine.Readings.Revealed!.Single(r => r.By.Name.EndsWith("(jij)", StringComparison.Ordinal));
        Assert.That(own.Interpretation.Decoding, Does.Contain("SECRET-READ1"));
        Assert.That(theirs.Readings.Revealed!.Single(r => r.By.Id == own.By.Id).By.Name, Is.EqualTo(own.By.Name.Replace(" (jij)", "", StringComparison.Ordinal)));
        Assert.That((await blind.ViewAsync(blind.World.Facilitator))!.Readings.Revealed!.Select(r => r.By.Name), Has.None.Contains("jij"));
    }

    [Test]
    public async Task No_text_that_anybody_in_the_case_gets_holds_words_and_what_leads_to_their_writer()
    {
        await using var blind = await BlindWorld.StartAsync(mode: Anonymity.Pseudonymous);
        await blind.VoteAsync(4);
        var file = await blind.World.FileAsync();
        // The last one reveals all, at its own moment; that moment is the reveal's, and stands with every reading alike.
        string[] reveals = [.. new[] { file.Case.RevealedAt!.Value, file.Rounds[0].RevealedAt!.Value }
            .SelectMany(at => new[] { at, at.ToOffset(TimeSpan.FromHours(1)) }).Select(at => at.ToString("HH:mm:ss", CultureInfo.InvariantCulture))];
        var secrets = (await blind.ReadingSecretsAsync()).Concat(await blind.BallotSecretsAsync()).Where(s => !reveals.Contains(s.Text)).ToList();

        foreach (var viewer in blind.Viewers().Where(v => !v.IsOutsideAuditor))
        {
            foreach (var (name, text) in await blind.EverythingAsync(viewer.Actor))
            {
                foreach (var mine in secrets.Where(s => s is { IsWritten: true } && s.Text.StartsWith("SECRET", StringComparison.Ordinal) && text.Contains(s.Text, StringComparison.Ordinal)))
                {
                    Assert.That(name, Is.EqualTo("case"), $"{viewer.Name}: what was written, beside who and when");
                    var leads = secrets.Where(s => s.Writer == mine.Writer && s.InHeader && text.Contains(s.Text, StringComparison.Ordinal));
                    Assert.That(leads, Is.Empty, $"{viewer.Name}, {name}: {mine.Text}");
                }
            }
        }
    }

    [Test]
    public async Task Times_are_those_of_the_reveal_and_the_order_is_that_of_the_letters()
    {
        await using var blind = await BlindWorld.StartAsync(mode: Anonymity.Pseudonymous);
        await blind.VoteAsync(4);
        var view = (await blind.ViewAsync(blind.World.Facilitator))!;

        Assert.That(view.Readings.Revealed!.Select(r => r.At).Distinct(), Is.EqualTo(new[] { view.Facts.RevealedAt!.Value }));
        Assert.That(view.Readings.Revealed!.Select(r => r.By.Name), Is.Ordered);
        Assert.That(view.Room!.Rounds.Single().Votes.Select(v => v.By.Name), Is.Ordered);
    }

    [Test]
    public async Task The_owner_takes_no_bundle_away_because_its_headers_name_who_is_behind_a_letter()
    {
        await using var blind = await BlindWorld.StartAsync(mode: Anonymity.Pseudonymous);
        await blind.VoteAsync(4);

        var refused = await blind.World.Get<TrailExport>().RunAsync(blind.World.Owner, blind.World.Case, new("Even zien"), CancellationToken.None);

        Assert.That(refused.Refusal, Is.EqualTo(Refusal.Conflict("trail-names-letters")));
        var auditors = await blind.EverythingAsync(BlindWorld.Auditor);
        Assert.That(auditors.Any(f => f.Name.StartsWith("bundle", StringComparison.Ordinal) && f.Text.Contains("SECRET-READ0", StringComparison.Ordinal)), Is.True);
        Assert.That(auditors.Single(f => f.Name == "trail").Text, Does.Contain("SECRET-VOTE10"));
    }

    [Test]
    public async Task What_only_the_writer_of_a_reading_does_names_nobody_in_the_owners_trail()
    {
        await using var blind = await BlindWorld.StartAsync(mode: Anonymity.Pseudonymous);
        await blind.ReadAsync(3);
        var world = blind.World;
        var reading = (await blind.ViewAsync(blind.Readers[0]))!.Comparison!.Enquiries.Single(e => e.Text.Contains("SECRET-READ1", StringComparison.Ordinal)).Reading;
        await world.Get<TakeEnquiry>().RunAsync(blind.Readers[0], world.Case, new(world.NewId(), reading), CancellationToken.None);
        await world.Get<ReportEnquiry>().RunAsync(blind.Readers[0], world.Case, new(world.NewId(), reading, "FOUND-IT"), CancellationToken.None);
        world.Time.Advance(TimeSpan.FromMinutes(7));
        var answered = await world.Get<AnswerEnquiry>().RunAsync(blind.Readers[1], world.Case, new(world.NewId(), reading, ReadingChange.Unchanged, "BECAUSE"), CancellationToken.None);

        Assert.That(answered.Refusal, Is.Null);
        var trail = (await blind.EverythingAsync(world.Owner)).Single(f => f.Name == "trail").Text;
        Assert.That(trail, Does.Contain("enquiry.answered").And.Not.Contain("FOUND-IT").And.Not.Contain("BECAUSE"));
        var line = (await world.Get<TrailReads>().ReadAsync(world.Owner, world.Case, 0, 500, CancellationToken.None)).View!.Events.Single(e => e.Type == "enquiry.answered");
        Assert.That((line.Actor, line.At, line.Id, line.Header), Is.EqualTo((default(PersonRef), default(DateTimeOffset?), default(Guid?), default(string))));
        var view = (await blind.ViewAsync(world.Owner))!;
        Assert.That(view.Comparison!.Enquiries.Single(e => e.Reading == reading), Has.Property("Answer").EqualTo("BECAUSE").And.Property("AnsweredAt").Null);
    }

    [Test]
    public async Task A_second_round_goes_on_under_the_same_letters_and_nobody_is_said_to_be_followed()
    {
        await using var blind = await BlindWorld.StartAsync(mode: Anonymity.Pseudonymous);
        await blind.VoteAgainAsync();
        var world = blind.World;
        foreach (var voter in blind.Readers.Skip(1).Append(world.Owner))
        {
            await world.DoAsync(voter, world.Vote(round: 2));
        }

        var room = (await blind.ViewAsync(world.Facilitator))!.Room!;
        Assert.That(room.Rounds[1].Votes.Select(v => v.By), Is.EqualTo(room.Rounds[0].Votes.Select(v => v.By)));
        Assert.That(room.Movement!.Moves.Select(m => m.By.Name), Has.All.Match("^Stemmer "));
        Assert.That(room.Pulls, Has.Property("Gap").EqualTo(PullGap.PersonsHidden).And.Property("Checks").Empty, "it would tell what the first speaker voted");
    }

    [Test]
    public async Task Who_has_voted_is_not_told_while_it_lasts()
    {
        await using var blind = await BlindWorld.StartAsync(mode: Anonymity.Pseudonymous);
        await blind.VoteAsync(2);

        var seen = (await blind.ViewAsync(blind.World.Facilitator))!.Room!;
        Assert.That(seen.Members.Any(m => m.HasVoted), Is.False);
        Assert.That(seen.Ballot!.In, Is.EqualTo(2));
    }

    [Test]
    public async Task A_message_about_a_reading_names_it_by_an_id_that_the_trail_does_not_have()
    {
        await using var blind = await BlindWorld.StartAsync(mode: Anonymity.Pseudonymous);
        await blind.VoteAsync(0);
        var world = blind.World;
        var reading = (await blind.ViewAsync(blind.Readers[0]))!.Readings.Revealed![1];

        await world.DoAsync(blind.Readers[0], new SayCommand(world.NewId(), "Hier kijk ik anders naar.", Anchor: new(AnchorKind.Reading, reading.Id)));

        var message = (await blind.ViewAsync(blind.Readers[2]))!.Room!.Messages.Single();
        Assert.That(message.Anchor!.Id, Is.EqualTo(reading.Id));
        Assert.That(message.By.Id, Is.EqualTo(blind.Readers[0].Person), "the talk is by name");
        Assert.That((await world.TrailAsync()).Any(e => e.EventId == reading.Id), Is.False);
    }
}
