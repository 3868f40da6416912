using SignalReview.Rooms.Anonymous;

namespace SignalReview.Tests.Rooms.Anonymous;

internal sealed class PseudonymsTests
{
    [TestCase(0, "A")]
    [TestCase(8, "J")]
    [TestCase(23, "Z")]
    [TestCase(24, "AA")]
    [TestCase(599, "ZZ")]
    public void Letters_go_on_after_the_last(int place, string letter) => Assert.That(Pseudonyms.Letter(place), Is.EqualTo(letter));

    [Test]
    public void No_letter_is_drawn_twice_while_there_are_some()
    {
        var taken = new HashSet<int>();
        while (taken.Count < 24)
        {
            Assert.That(taken.Add(Pseudonyms.Draw(taken, people: 6)), Is.True);
        }

        Assert.That(taken, Is.EquivalentTo(Enumerable.Range(0, 24)));
        Assert.That(Pseudonyms.Draw(taken, people: 6), Is.GreaterThanOrEqualTo(24), "rather two letters than none");
    }

    [Test]
    public void Which_letter_comes_first_is_a_matter_of_chance()
    {
        var first = Enumerable.Range(0, 400).Select(_ => Pseudonyms.Draw(new HashSet<int>(), people: 6)).CountBy(p => p).ToDictionary();

        Assert.That(first, Has.Count.EqualTo(24));
        Assert.That(first.Values, Has.All.LessThan(60), "each comes about 17 times");
    }

    [Test]
    public void A_large_room_draws_from_many_more() =>
        Assert.That(Enumerable.Range(0, 200).Select(_ => Pseudonyms.Draw(new HashSet<int>(), people: 200)).Max(), Is.GreaterThan(24));
}
