using SignalReview.Rooms;
using SignalReview.Rooms.Anonymous;

namespace SignalReview.Tests.Rooms.Anonymous;

internal sealed class UrnContentTests
{
    private static readonly Ballot[] Ballots =
    [
        new(1, VoteOption.Talk, 5, 60, "Omdat we het kunnen vragen.", null),
        new(1, null, null, null, "Ik ken hem.", null),
        new(1, VoteOption.Support, 8, 90, "Dit gaat mis 🔪", null),
        new(1, VoteOption.Talk, 5, 60, "Omdat we het kunnen vragen.", null),
    ];

    [Test]
    public void What_goes_in_comes_out_equal_ballots_too() =>
        Assert.That(UrnContent.Unpack(UrnContent.Pack(Ballots)), Is.EquivalentTo(Ballots));

    [Test]
    public void In_whatever_order_they_went_in_the_bytes_are_the_same()
    {
        var random = new Random(9);
        for (var i = 0; i < 50; i++)
        {
            var shuffled = Ballots.ToArray();
            random.Shuffle(shuffled);
            Assert.That(UrnContent.Pack(shuffled), Is.EqualTo(UrnContent.Pack(Ballots)));
        }
    }

    [Test]
    public void How_long_a_reason_is_does_not_show_in_the_length()
    {
        var one = UrnContent.Pack([Ballots[1]]);
        var many = UrnContent.Pack([.. Ballots, Ballots[0] with { Reason = new string('x', 4000) }]);

        Assert.That(one, Has.Length.EqualTo(UrnContent.Grain));
        Assert.That(many, Has.Length.EqualTo(UrnContent.Grain));
    }

    [Test]
    public void An_urn_may_grow() =>
        Assert.That(UrnContent.Unpack(UrnContent.Pack(Enumerable.Repeat(Ballots[0] with { Reason = new string('x', 4000) }, 40))), Has.Count.EqualTo(40));

    [Test]
    public void Bytes_that_are_cut_off_are_refused()
    {
        var packed = UrnContent.Pack(Ballots);

        Assert.That(() => UrnContent.Unpack(packed.AsSpan(0, 20)), Throws.TypeOf<FormatException>());
        Assert.That(() => UrnContent.Unpack([1, 2]), Throws.TypeOf<FormatException>());
    }
}
