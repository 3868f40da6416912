using SignalReview.Comparing;

namespace SignalReview.Tests.Comparing;

/// <summary>What is put together, and what is not.</summary>
internal sealed class LikeItemsTests
{
    [TestCase("De straatnaam is later toegevoegd.", "straatnaam is later toegevoegd")]
    [TestCase("géén datum,  geen namen", "Geen datum; geen namen!")]
    [TestCase("'kom dan'", "kom dan")]
    [TestCase("’t gesprek", "het gesprek")]
    [TestCase("A street", "the street")]
    [TestCase("🔪 in beeld", "🔪\uFE0F in beeld")]
    public void The_same_words_are_one_item(string one, string other) => Assert.That(LikeItems.AreAlike(one, other), Is.True);

    [TestCase("hij bedreigt haar", "zij bedreigt hem")]
    [TestCase("A bedreigt B", "B bedreigt A")]
    [TestCase("geen namen", "namen")]
    [TestCase("🔪", "❄️")]
    [TestCase("de", "het")]
    [TestCase("?", "!")]
    [TestCase("twee weken", "2 weken")]
    public void Other_words_or_another_order_are_not(string one, string other) => Assert.That(LikeItems.AreAlike(one, other), Is.False);

    [Test]
    public void Nothing_is_lost_and_the_first_gives_its_words()
    {
        ListedItem<string>[] items = [new("w1", 0, "Geen datum"), new("w1", 1, " "), new("w2", 0, "wie is er zondag?"), new("w2", 1, "geen datum.")];

        var merged = LikeItems.Merge(items);

        Assert.That(
            merged.Select(group => group.Select(i => (i.Source, i.Place, i.Text))),
            Is.EqualTo(new[]
            {
                new[] { ("w1", 0, "Geen datum"), ("w2", 1, "geen datum.") },
                [("w2", 0, "wie is er zondag?")],
            }));
    }
}
