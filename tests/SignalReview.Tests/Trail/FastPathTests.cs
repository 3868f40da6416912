using System.Text;
using SignalReview.Trail;

namespace SignalReview.Tests.Trail;

/// <summary>The quick ways through headers and bodies never say yes where the slow ones say no.</summary>
[TestFixture]
internal sealed class FastPathTests
{
    private const int Attempts = 40_000;

    private static readonly string[] Bodies =
    [
        """{"a":1,"b":[true,false,null,"x"],"c":{"d":-5,"e":""}}""",
        "{\"text\":\"we weten waar je chillt 🔪 \\\"ja\\\" \\n\\u001f\\\\ \u2028\u007F\"}",
        """[0,-1,123456789012345,"{\"b\":1}"]""",
        """{"B":1,"a":2,"a1":3,"aa":4}""",
        "\"\"",
    ];

    [Test]
    public void What_is_plainly_canonical_is_canonical()
    {
        var random = new Random(8785);
        var yes = 0;
        for (var i = 0; i < Attempts; i++)
        {
            var json = Changed(Encoding.UTF8.GetBytes(Bodies[random.Next(Bodies.Length)]), random);
            if (JcsCheck.IsPlainlyCanonical(json))
            {
                yes++;
                Assert.That(Jcs.Canonicalize(json.AsSpan()), Is.EqualTo(json), Encoding.UTF8.GetString(json));
            }
        }

        Assert.That(yes, Is.GreaterThan(1000));
        Assert.That(Bodies.Select(b => JcsCheck.IsPlainlyCanonical(Encoding.UTF8.GetBytes(b))), Has.All.True);
    }

    [TestCase("{\"a\":1,\"a\":2}")]
    [TestCase("{\"b\":1,\"a\":2}")]
    [TestCase("{ }")]
    [TestCase("-0")]
    [TestCase("01")]
    [TestCase("1.0")]
    [TestCase("1e3")]
    [TestCase("\"\\u0041\"")]
    [TestCase("\"\\u000a\"")]
    [TestCase("\"\\u001F\"")]
    [TestCase("\"\\/\"")]
    [TestCase("{}{}")]
    [TestCase("[1,]")]
    [TestCase("\"\t\"")]
    [TestCase("")]
    public void What_is_not_canonical_is_not_plainly_so(string json)
    {
        Assert.That(JcsCheck.IsPlainlyCanonical(Encoding.UTF8.GetBytes(json)), Is.False);
        Assert.That(Jcs.IsCanonical(Encoding.UTF8.GetBytes(json)), Is.False);
    }

    [Test]
    public void A_header_that_is_read_in_one_pass_is_the_header_that_the_slow_way_reads()
    {
        var random = new Random(6962);
        var at = new DateTimeOffset(2026, 2, 28, 23, 59, 58, 7, TimeSpan.Zero);
        byte[][] leaves =
        [
            new EventHeader("log", Guid.CreateVersion7(at), at, "vote.cast", Guid.CreateVersion7(at), 12, "w1", "reader", "w2", Guid.CreateVersion7(at), "x@3", new byte[32]).ToLeaf(),
            new EventHeader("log", Guid.CreateVersion7(at), at, "case.read", null, null, "w1", "", null, null, null, new byte[32]).ToLeaf(),
        ];
        var yes = 0;
        for (var i = 0; i < Attempts; i++)
        {
            var leaf = Changed(leaves[random.Next(2)], random);
            if (HeaderView.TryRead(leaf, out var view))
            {
                yes++;
                Assert.That(EventHeader.ParseSlowly(leaf).ToLeaf(), Is.EqualTo(leaf), Encoding.UTF8.GetString(leaf));
                Assert.That(view.ToHeader().ToLeaf(), Is.EqualTo(leaf));
            }
        }

        Assert.That(yes, Is.GreaterThan(1000));
        Assert.That(leaves.Select(l => HeaderView.TryRead(l, out _)), Has.All.True);
    }

    private static byte[] Changed(byte[] bytes, Random random)
    {
        List<byte> changed = [.. bytes];
        for (var times = random.Next(3); times > 0; times--)
        {
            var at = random.Next(changed.Count);
            switch (random.Next(4))
            {
                case 0:
                    changed[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    changed[at] = "{}[],:\"\\0123456789-truefalsn.eE"u8[random.Next(31)];
                    break;
                case 2 when changed.Count > 1:
                    changed.RemoveAt(at);
                    break;
                default:
                    changed.Insert(at, changed[random.Next(changed.Count)]);
                    break;
            }
        }

        return [.. changed];
    }
}
