using SignalReview.Trail;

namespace SignalReview.Tests.Trail;

[TestFixture]
internal sealed class CommitmentTests
{
    private static readonly byte[] Salt = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Test]
    public void The_commitment_is_the_known_one() =>
        Assert.That(
            Convert.ToHexStringLower(Commitment.Compute(Salt, Jcs.Canonicalize("""{ "outcome" : "follow-up" }"""u8))),
            Is.EqualTo("ea1ee98f0cd78fe46ff2a46c7a7bfabec644b0e84f1c1b559674500bb2e5e84f"));

    [Test]
    public void Another_salt_or_body_does_not_match()
    {
        var commitment = Commitment.Compute(Salt, "{}"u8);
        var other = Salt.ToArray();
        other[31] ^= 1;

        Assert.Multiple(() =>
        {
            Assert.That(Commitment.Matches(commitment, Salt, "{}"u8), Is.True);
            Assert.That(Commitment.Matches(commitment, other, "{}"u8), Is.False);
            Assert.That(Commitment.Matches(commitment, Salt, "[]"u8), Is.False);
        });
    }

    [Test]
    public void A_short_salt_is_refused() =>
        Assert.That(() => Commitment.Compute(Salt.AsSpan(1), "{}"u8), Throws.ArgumentException);

    [Test]
    public void Fresh_salts_differ() =>
        Assert.That(Enumerable.Range(0, 20).Select(_ => Convert.ToHexString(Commitment.NewSalt())), Is.Unique);
}
