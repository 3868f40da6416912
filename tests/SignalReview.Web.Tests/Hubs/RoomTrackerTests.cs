using Microsoft.Extensions.Time.Testing;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Web.Hubs;

namespace SignalReview.Web.Tests.Hubs;

internal sealed class RoomTrackerTests
{
    private static readonly CaseId Room = new(Guid.Parse("01900000-0000-7000-8000-000000000001"));
    private static readonly CaseId Other = new(Guid.Parse("01900000-0000-7000-8000-000000000002"));
    private static readonly PersonId Samira = DemoPeople.Id(1);
    private static readonly PersonId Joost = DemoPeople.Id(2);

    private FakeTimeProvider time;
    private RoomTracker tracker;

    [SetUp]
    public void Start()
    {
        time = new();
        tracker = new(time);
        tracker.Enter(Room, new("joost", Joost, IsMember: true), 1);
    }

    [Test]
    public void Who_lost_the_last_connection_is_away_for_half_a_minute_and_then_gone()
    {
        tracker.Enter(Room, new("a", Samira, IsMember: true), 1);
        tracker.LeaveAll("a");
        var lost = tracker.Present(Room);
        time.Advance(RoomTracker.Grace - TimeSpan.FromMilliseconds(1));
        var early = tracker.ForgetLost();
        time.Advance(TimeSpan.FromMilliseconds(1));
        var changed = tracker.ForgetLost();

        Assert.Multiple(() =>
        {
            Assert.That((lost.Here, lost.Away), Is.EqualTo(((IReadOnlySet<PersonId>)new HashSet<PersonId> { Joost }, (IReadOnlySet<PersonId>)new HashSet<PersonId> { Samira })));
            Assert.That(early, Is.Empty);
            Assert.That(changed, Is.EqualTo(new[] { Room }));
            Assert.That(tracker.Present(Room).Away, Is.Empty);
            Assert.That(tracker.ForgetLost(), Is.Empty, "told once");
        });
    }

    [Test]
    public void Who_comes_back_in_time_is_here_and_nothing_is_kept_of_the_loss()
    {
        tracker.Enter(Room, new("a", Samira, IsMember: true), 1);
        tracker.LeaveAll("a");
        tracker.Enter(Room, new("b", Samira, IsMember: true), 1);
        time.Advance(RoomTracker.Grace);

        Assert.That(tracker.ForgetLost(), Is.Empty);
        Assert.That(tracker.Present(Room).Here, Is.EquivalentTo(new[] { Samira, Joost }));
    }

    [Test]
    public void Who_leaves_by_choice_is_gone_at_once()
    {
        tracker.Enter(Room, new("a", Samira, IsMember: true), 1);
        tracker.Leave(Room, "a");

        Assert.That(tracker.Present(Room).Away, Is.Empty);
    }

    [Test]
    public void One_window_that_is_looked_at_is_enough_to_be_here()
    {
        tracker.Enter(Room, new("a", Samira, IsMember: true), 1);
        tracker.Enter(Room, new("b", Samira, IsMember: true), 1);
        var one = (tracker.Look(Room, "a", hidden: true), tracker.Present(Room));
        var both = (tracker.Look(Room, "b", hidden: true), tracker.Present(Room));
        var again = tracker.Look(Room, "b", hidden: true);
        tracker.LeaveAll("b");

        Assert.Multiple(() =>
        {
            Assert.That(one.Item1, Is.True);
            Assert.That(one.Item2.Here, Does.Contain(Samira));
            Assert.That(one.Item2.Away, Is.Empty);
            Assert.That(both.Item2.Here, Is.EquivalentTo(new[] { Joost }));
            Assert.That(both.Item2.Away, Is.EquivalentTo(new[] { Samira }));
            Assert.That(again, Is.False, "no news");
            Assert.That(tracker.Present(Room).Away, Is.EquivalentTo(new[] { Samira }), "the other window is still there");
        });
    }

    [Test]
    public void A_window_that_joins_again_is_as_it_was()
    {
        tracker.Enter(Room, new("a", Samira, IsMember: true), 1);
        tracker.Look(Room, "a", hidden: true);
        tracker.Enter(Room, new("a", Samira, IsMember: true), 1);
        tracker.LeaveAll("a");

        Assert.That(tracker.CasesOf("a"), Is.Empty, "it followed the case once");
        Assert.That(tracker.Present(Room).Away, Is.EquivalentTo(new[] { Samira }));
    }

    [Test]
    public void A_follower_who_is_not_in_the_room_is_neither_here_nor_away()
    {
        tracker.Enter(Room, new("a", Samira, IsMember: false), 1);
        var left = tracker.LeaveAll("a");

        Assert.That(left, Is.Empty);
        Assert.That(tracker.Present(Room).Away, Is.Empty);
    }

    [Test]
    public void A_number_is_said_again_often_at_first_and_seldom_later()
    {
        Assert.That(Seconds(5), Is.InRange(9, 13));
        Assert.That(Seconds(30), Is.InRange(2, 6));
        tracker.Told(Room, 7);
        Assert.That(tracker.Echoes(), Is.EqualTo(new[] { (Room, 7L) }).Or.Empty);
        Assert.That(Seconds(5), Is.InRange(9, 13));

        int Seconds(int count) => Enumerable.Range(0, count * 2).Sum(_ =>
        {
            time.Advance(TimeSpan.FromMilliseconds(500));
            return tracker.Echoes().Count;
        });
    }

    [Test]
    public void A_connection_may_follow_several_cases()
    {
        tracker.Enter(Other, new("joost", Joost, IsMember: true), 4);
        tracker.Leave(Room, "joost");

        Assert.That(tracker.CasesOf("joost"), Is.EqualTo(new[] { Other }));
        Assert.That(tracker.ToldOf(Room), Is.Null);
        Assert.That(tracker.LeaveAll("joost"), Is.EqualTo(new[] { Other }));
    }
}
