using SignalReview.Storage;

namespace SignalReview.Tests.Storage;

internal sealed class EnumsTests
{
    private enum Outcome
    {
        NoConcern,
        FollowUp,
    }

    [Test]
    public void A_member_is_written_in_camel_case_and_read_back()
    {
        Assert.That(Enums.Text(Outcome.NoConcern), Is.EqualTo("noConcern"));
        Assert.That(Enums.Parse<Outcome>("followUp"), Is.EqualTo(Outcome.FollowUp));
        Assert.That(Enums.ParseAs(typeof(Outcome), "followUp"), Is.EqualTo(Outcome.FollowUp));
        Assert.That(Enums.TryParse<Outcome>("noConcern", out var parsed) && parsed == Outcome.NoConcern);
    }

    [TestCase("NoConcern")]
    [TestCase("0")]
    [TestCase("")]
    public void Any_other_text_is_refused_with_what_is_known(string text)
    {
        var refused = Assert.Throws<FormatException>(() => Enums.Parse<Outcome>(text));
        Assert.That(refused!.Message, Does.Contain("Outcome").And.Contain("noConcern, followUp"));
        Assert.Throws<FormatException>(() => Enums.ParseAs(typeof(Outcome), text));
        Assert.That(Enums.TryParse<Outcome>(text, out _), Is.False);
    }

    [Test]
    public void A_number_that_is_no_member_has_no_text()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Enums.Text((Outcome)9));
        Assert.Throws<ArgumentOutOfRangeException>(() => Enums.TextOf(typeof(Outcome), (Outcome)9));
    }
}
