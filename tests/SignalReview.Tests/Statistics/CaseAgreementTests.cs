using SignalReview.Statistics;

namespace SignalReview.Tests.Statistics;

[TestFixture]
internal sealed class CaseAgreementTests
{
    [Test]
    public void Two_of_three_alike_is_one_pair_of_three() =>
        Assert.That(CaseAgreement.Of(["a", "a", "b"]), Is.EqualTo(new CaseAgreement(3, 1, 3)));

    [Test]
    public void All_alike_is_all_pairs() => Assert.That(CaseAgreement.Of([4, 4, 4, 4]).Share, Is.EqualTo(1));

    [Test]
    public void One_answer_alone_agrees_with_nobody() => Assert.That(CaseAgreement.Of([4]), Is.EqualTo(new CaseAgreement(1, 0, 0)).And.Property("Share").Null);
}
