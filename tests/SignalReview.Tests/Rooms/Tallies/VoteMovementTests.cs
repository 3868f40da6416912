using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Rooms.Tallies;
using static SignalReview.Tests.Rooms.Tallies.Answers;

namespace SignalReview.Tests.Rooms.Tallies;

/// <summary>Who moved from round to round, how far that agrees with those who left, and whether it was towards one person.</summary>
[TestFixture]
internal sealed class VoteMovementTests
{
    private static readonly PersonRef Anna = Person(1, "Anna");
    private static readonly PersonRef Bram = Person(2, "Bram");
    private static readonly PersonRef Cis = Person(3, "Cis");
    private static readonly PersonRef Dirk = Person(4, "Dirk");

    [Test]
    public void Before_a_second_round_there_is_no_movement()
    {
        Assert.That(VoteMovement.Of([]), Is.Null);
        Assert.That(VoteMovement.Of([Round(1, (Anna, Choice(A)))]), Is.Null);
        Assert.That(VotePulls.Of([Round(1, (Anna, Choice(A)))], Anna, Anna), Is.Null);
    }

    [Test]
    public void Each_goes_from_where_they_stood_to_where_they_stand()
    {
        var movement = VoteMovement.Of([
            Round(1, (Anna, Choice(A, 2)), (Bram, Choice(B, 8)), (Cis, Abstention)),
            Round(2, (Dirk, Choice(B, 6)), (Cis, Choice(B, 4)), (Anna, Choice(A, 3))),
        ])!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((movement.From, movement.To, movement.Linked, movement.Comparable), Is.EqualTo((1, 2, true, true)));
            Assert.That(movement.Moves, Is.EqualTo(new VoteMove[]
            {
                new(Anna, Chose(A), Chose(A), 2, 3),
                new(Bram, Chose(B), Stand.Absent, 8, null),
                new(Cis, new(StandKind.Abstained), Chose(B), null, 4),
                new(Dirk, Stand.Absent, Chose(B), null, 6),
            }));
            Assert.That(movement.Flows.Sum(f => f.Votes), Is.EqualTo(4));
            Assert.That(movement.Flows, Does.Contain(new StandFlow(Chose(B), Stand.Absent, 1)));
        }
    }

    [Test]
    public void Those_who_stay_together_are_one_flow_and_the_largest_is_told_first()
    {
        var movement = VoteMovement.Of([
            Round(1, (Anna, Choice(A)), (Bram, Choice(B)), (Cis, Choice(B))),
            Round(2, (Anna, Choice(C)), (Bram, Choice(B)), (Cis, Choice(B))),
        ])!;
        Assert.That(movement.Flows, Is.EqualTo(new StandFlow[] { new(Chose(B), Chose(B), 2), new(Chose(A), Chose(C), 1) }));
    }

    [Test]
    public void A_score_or_ranking_stands_where_it_is_highest()
    {
        Assert.That(Stand.Of(Scored(1, 9, 3)), Is.EqualTo(Chose(B)));
        Assert.That(Stand.Of(Scored(9, 9, 3)), Is.EqualTo(new Stand(StandKind.Several)));
        Assert.That(Stand.Of(Ranked(C, A)), Is.EqualTo(Chose(C)));
        Assert.That(Stand.Of(Stands(ConsentPosition.Object)), Is.EqualTo(new Stand(StandKind.Chose, Position: ConsentPosition.Object)));
    }

    [Test]
    public void Rounds_that_asked_different_things_are_held_together_by_concern_only()
    {
        var movement = VoteMovement.Of([
            Round(1, (Anna, Choice(A, 2))),
            Round(2, (Anna, Stands(ConsentPosition.Agree, 6))) with { Method = VoteMethod.Consent, Proposal = A },
        ])!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((movement.Comparable, movement.Flows.Count, movement.Consensus), Is.EqualTo((false, 0, (VoteConsensus?)null)));
            Assert.That((movement.Moves[0].ConcernFrom, movement.Moves[0].ConcernTo), Is.EqualTo(((int?)2, (int?)6)));
        }
    }

    [Test]
    public void Who_left_counts_with_their_last_answer_beside_the_plain_count()
    {
        // Round 2 as voted: B 2 of 2. With Cis and Dirk, who said A: A 2, B 2.
        var movement = VoteMovement.Of([
            Round(1, (Anna, Choice(A)), (Bram, Choice(B)), (Cis, Choice(A)), (Dirk, Choice(A))),
            Round(2, (Anna, Choice(B)), (Bram, Choice(B))),
        ])!;
        Assert.That(movement.Consensus!.Agreement, Is.EqualTo(100));
        Assert.That((movement.Consensus.Left, movement.Consensus.AgreementWithLeft), Is.EqualTo((2, 50)));
        Assert.That((movement.Consensus.Leading, movement.Consensus.LeadingWithLeft), Is.EqualTo((new[] { B }, new[] { A, B })));
    }

    [Test]
    public void Of_who_left_the_last_answer_counts_and_an_abstention_is_none()
    {
        var movement = VoteMovement.Of([
            Round(1, (Anna, Choice(A)), (Bram, Choice(A)), (Cis, Choice(C)), (Dirk, Choice(D))),
            Round(2, (Anna, Choice(A)), (Bram, Choice(A)), (Cis, Choice(B)), (Dirk, Abstention)),
            Round(3, (Anna, Choice(A)), (Bram, Abstention)),
        ])!;
        // Bram abstains now and is no leaver; Dirk's last word was an abstention; Cis last said B.
        Assert.That((movement.From, movement.Consensus!.Left, movement.Consensus.AgreementWithLeft), Is.EqualTo((2, 1, 50)));
        Assert.That(movement.Consensus.LeadingWithLeft, Is.EqualTo(new[] { A, B }));
    }

    [Test]
    public void An_objection_of_who_left_still_stands_when_it_was_to_the_same_proposal()
    {
        RevealedRound[] rounds =
        [
            Round(1, (Anna, Stands(ConsentPosition.Agree)), (Bram, Stands(ConsentPosition.Object))),
            Round(2, (Anna, Stands(ConsentPosition.Agree))),
        ];
        rounds = [.. rounds.Select(r => r with { Method = VoteMethod.Consent, Proposal = C })];
        var consensus = VoteMovement.Of(rounds)!.Consensus!;
        Assert.That((consensus.Agreement, consensus.AgreementWithLeft, consensus.Leading.Count, consensus.LeadingWithLeft.Count), Is.EqualTo((100, 50, 1, 0)));
        Assert.That(VoteMovement.Of([rounds[0] with { Proposal = D }, rounds[1]])!.Consensus, Is.Null, "another proposal was another question");
    }

    [Test]
    public void Where_persons_are_hidden_no_move_and_no_leaver_is_told()
    {
        var movement = VoteMovement.Of([Round(1, (null, Choice(A)), (null, Choice(B))), Round(2, (null, Choice(A)))])!;
        Assert.That((movement.Linked, movement.Moves.Count, movement.Flows.Count, movement.Consensus), Is.EqualTo((false, 0, 0, (VoteConsensus?)null)));
        Assert.That(VotePulls.Of([Round(1, (null, Choice(A))), Round(2, (Anna, Choice(A)))], Anna, Bram), Is.EqualTo(new VotePulls([], PullGap.PersonsHidden)).Using<VotePulls>((one, other) => one.Gap == other.Gap && one.Checks.Count == other.Checks.Count));
    }

    [Test]
    public void Movement_towards_the_first_speaker_is_counted_by_concern_and_stand()
    {
        // Anna said A with concern 8 and spoke first. Bram 2 → 6 (nearer, joins), Cis 7 → 5 (further), Dirk 3 → 3.
        var pulls = VotePulls.Of(
            [
                Round(1, (Anna, Choice(A, 8)), (Bram, Choice(B, 2)), (Cis, Choice(A, 7)), (Dirk, Choice(B, 3))),
                Round(2, (Anna, Choice(C, 1)), (Bram, Choice(A, 6)), (Cis, Choice(B, 5)), (Dirk, Choice(B, 3))),
            ],
            facilitator: Person(9, "Zoë"),
            firstSpeaker: Anna)!;
        Assert.That(pulls.Checks, Is.EqualTo(new[] { new VotePull(PullTowards.FirstSpeaker, Anna, 3, 1, 1, 1, 1, 1, InTheMiddle: false) }));
        Assert.That(pulls.Gap, Is.Null);
    }

    [Test]
    public void A_facilitator_who_votes_is_looked_at_too_and_once_when_they_spoke_first()
    {
        RevealedRound[] rounds =
        [
            Round(1, (Anna, Choice(A, 5)), (Bram, Choice(B, 4)), (Cis, Choice(B, 6))),
            Round(2, (Anna, Choice(A, 5)), (Bram, Choice(A, 5)), (Cis, Choice(A, 5))),
        ];
        var both = VotePulls.Of(rounds, Anna, Bram)!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(both.Checks.Select(c => (c.Towards, c.Who)), Is.EqualTo(new[] { (PullTowards.Facilitator, Anna), (PullTowards.FirstSpeaker, Bram) }));
            Assert.That((both.Checks[0].Nearer, both.Checks[0].Joined, both.Checks[0].InTheMiddle), Is.EqualTo((2, (int?)2, true)));
            Assert.That(VotePulls.Of(rounds, Anna, Anna)!.Checks.Single().Towards, Is.EqualTo(PullTowards.Facilitator));
        }
    }

    [Test]
    public void What_cannot_be_said_has_its_reason()
    {
        RevealedRound[] rounds = [Round(1, (Anna, Choice(A)), (Bram, Abstention)), Round(2, (Anna, Choice(A)), (Bram, Choice(A)))];
        Assert.That(VotePulls.Of(rounds, Dirk, null)!.Gap, Is.EqualTo(PullGap.NobodySpoke));
        Assert.That(VotePulls.Of(rounds, Dirk, Bram)!.Gap, Is.EqualTo(PullGap.NoAnswerOfTheirs));
        Assert.That(VotePulls.Of(rounds, Dirk, Anna)!.Gap, Is.EqualTo(PullGap.NobodyElse));
    }

    private static Stand Chose(VoteOption option) => new(StandKind.Chose, option);

    private static RevealedRound Round(int number, params (PersonRef? By, VoteAnswer Answer)[] votes) =>
        new(number, VoteMethod.SingleChoice, Enum.GetValues<VoteOption>(), null, [.. votes.Select(v => new RevealedVote(v.By, v.Answer))]);

    private static PersonRef Person(int number, string name) => new(new PersonId(new Guid(number, 0, 0, new byte[8])), name, "jongerenwerker");
}
