using System.Text;
using CsCheck;
using SignalReview.Trail;

namespace SignalReview.Tests.Trail;

[TestFixture]
internal sealed class EventHeaderTests
{
    private static readonly EventHeader Full = new(
        "signalreview.example/team",
        new Guid("0191d0a0-0000-7000-8000-00000000000a"),
        new DateTimeOffset(2026, 3, 4, 13, 5, 6, 789, TimeSpan.FromHours(1)).AddTicks(4321),
        "vote.cast",
        new Guid("0191d0a0-0000-7000-8000-00000000000b"),
        12,
        "w3",
        "reader",
        "w9",
        new Guid("0191d0a0-0000-7000-8000-00000000000c"),
        "collegial-consultation@3",
        Commitment.Compute(new byte[32], "{}"u8));

    [Test]
    public void The_leaf_is_canonical_JSON_with_a_UTC_time_in_milliseconds()
    {
        var leaf = Encoding.UTF8.GetString(Full.ToLeaf());

        const string expected =
            """{"actor":"w3","at":"2026-03-04T12:05:06.789Z","case":"0191d0a0-0000-7000-8000-00000000000b","caseSeq":12,""" +
            """ "cause":"0191d0a0-0000-7000-8000-00000000000c","commit":"EjwNJAAAjyAFtCu/fOAIac2aEgCQJie8bZeo0iN8UNc=",""" +
            """ "id":"0191d0a0-0000-7000-8000-00000000000a","log":"signalreview.example/team","onBehalfOf":"w9",""" +
            """ "policy":"collegial-consultation@3","role":"reader","type":"vote.cast","v":1}""";
        Assert.That(leaf, Is.EqualTo(expected.Replace(", \"", ",\"", StringComparison.Ordinal)));
        Assert.That(Jcs.Canonicalize(Full.ToLeaf()), Is.EqualTo(Full.ToLeaf()));
    }

    [Test]
    public void Every_header_is_canonical_and_reads_back() =>
        Gen.Select(Gen.Guid, Gen.Guid, Gen.Long[1, Jcs.MaxSafeInteger], Gen.String[Gen.Char['\0', '\u2fff'], 0, 20], Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool)
            .Sample((id, other, seq, text, hasCase, hasCause, hasPolicy, hasBehalf) =>
            {
                var header = Full with
                {
                    Id = id,
                    Case = hasCase ? other : null,
                    CaseSeq = hasCase ? seq : null,
                    Cause = hasCause ? id : null,
                    Policy = hasPolicy ? text : null,
                    OnBehalfOf = hasBehalf ? text : null,
                    Actor = text,
                };
                var leaf = header.ToLeaf();
                return leaf.AsSpan().SequenceEqual(Jcs.Canonicalize(leaf))
                    && leaf.AsSpan().SequenceEqual(EventHeader.Parse(leaf).ToLeaf());
            });

    [TestCase("\"actor\"", "\"extra\":1,\"actor\"")]
    [TestCase("{\"actor\"", "{ \"actor\"")]
    [TestCase("\"v\":1", "\"v\":2")]
    [TestCase(",\"v\":1", "")]
    [TestCase("\"caseSeq\":12", "\"caseSeq\":12.0")]
    [TestCase("\"caseSeq\":12", "\"caseSeq\":\"12\"")]
    [TestCase("\"caseSeq\":12,", "")]
    [TestCase("789Z", "7890Z")]
    [TestCase("789Z", "789+01:00")]
    [TestCase("\"role\":\"reader\"", "\"role\":null")]
    [TestCase("-00000000000a", "-00000000000A")]
    [TestCase("\"v\":1}", "\"v\":1}\n")]
    [TestCase("\"type\":\"vote.cast\"", "\"type\":\"vote.cast\",\"type\":\"vote.cast\"")]
    public void Anything_but_the_exact_form_is_refused(string from, string to)
    {
        var leaf = Encoding.UTF8.GetString(Full.ToLeaf());
        var changed = leaf.Replace(from, to, StringComparison.Ordinal);

        Assert.That(changed, Is.Not.EqualTo(leaf));
        Assert.That(() => EventHeader.Parse(Encoding.UTF8.GetBytes(changed)), Throws.InstanceOf<FormatException>());
    }

    [Test]
    public void A_case_without_a_sequence_is_a_bug() =>
        Assert.That(() => (Full with { CaseSeq = null }).ToLeaf(), Throws.InvalidOperationException);
}
