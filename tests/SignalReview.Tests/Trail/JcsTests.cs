using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using SignalReview.Trail;

namespace SignalReview.Tests.Trail;

[TestFixture]
internal sealed class JcsTests
{
    [Test]
    public void The_example_of_RFC_8785_section_3_2_2_is_canonicalized()
    {
        const string input = """
            {
              "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """;
        const string expected =
            """{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}""";

        Assert.That(Canonical(input), Is.EqualTo(expected));
    }

    [Test]
    public void Keys_are_sorted_by_utf16_code_units()
    {
        // U+1F602 is written D83D DE02 in UTF-16 and so comes before U+FB33, though its code point is higher. (RFC 8785 §3.2.3)
        const string input = """
            {"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",
             "\ud83d\ude02":"Emoji","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}
            """;

        Assert.That(
            Canonical(input),
            Is.EqualTo(
                "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"ö\":\"Latin Small Letter O With Diaeresis\"," +
                "\"€\":\"Euro Sign\",\"😂\":\"Emoji\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}"));
    }

    [Test]
    public void Emoji_delete_and_line_separators_are_not_escaped() =>
        Assert.That(
            Canonical("""{"a":"\ud83d\udd25 \u007f \u2028 \u2029 \u003c\u003e\u0026 \u002b"}"""),
            Is.EqualTo("{\"a\":\"🔥 \u007f \u2028 \u2029 <>& +\"}"));

    [Test]
    public void All_control_characters_have_their_prescribed_escape()
    {
        var all = string.Concat(Enumerable.Range(0, 0x20).Select(i => (char)i));
        var text = Encoding.UTF8.GetString(Jcs.Canonicalize(JsonValue.Create(all)));

        Assert.Multiple(() =>
        {
            Assert.That(text, Does.Contain("\\b\\t\\n\\u000b\\f\\r\\u000e"));
            Assert.That(text, Does.StartWith("\"\\u0000\\u0001").And.EndsWith("\\u001e\\u001f\""));
            Assert.That(JsonSerializer.Deserialize<string>(text), Is.EqualTo(all));
        });
    }

    // Appendix B of RFC 8785.
    [TestCase(0x0000000000000000UL, "0")]
    [TestCase(0x8000000000000000UL, "0")]
    [TestCase(0x0000000000000001UL, "5e-324")]
    [TestCase(0x8000000000000001UL, "-5e-324")]
    [TestCase(0x7fefffffffffffffUL, "1.7976931348623157e+308")]
    [TestCase(0xffefffffffffffffUL, "-1.7976931348623157e+308")]
    [TestCase(0x4340000000000000UL, "9007199254740992")]
    [TestCase(0xc340000000000000UL, "-9007199254740992")]
    [TestCase(0x4430000000000000UL, "295147905179352830000")]
    [TestCase(0x44b52d02c7e14af5UL, "9.999999999999997e+22")]
    [TestCase(0x44b52d02c7e14af6UL, "1e+23")]
    [TestCase(0x44b52d02c7e14af7UL, "1.0000000000000001e+23")]
    [TestCase(0x444b1ae4d6e2ef4eUL, "999999999999999700000")]
    [TestCase(0x444b1ae4d6e2ef4fUL, "999999999999999900000")]
    [TestCase(0x444b1ae4d6e2ef50UL, "1e+21")]
    [TestCase(0x3eb0c6f7a0b5ed8cUL, "9.999999999999997e-7")]
    [TestCase(0x3eb0c6f7a0b5ed8dUL, "0.000001")]
    [TestCase(0x41b3de4355555553UL, "333333333.3333332")]
    [TestCase(0x41b3de4355555554UL, "333333333.33333325")]
    [TestCase(0x41b3de4355555555UL, "333333333.3333333")]
    [TestCase(0x41b3de4355555556UL, "333333333.3333334")]
    [TestCase(0x41b3de4355555557UL, "333333333.33333343")]
    [TestCase(0xbecbf647612f3696UL, "-0.0000033333333333333333")]
    [TestCase(0x43143ff3c1cb0959UL, "1424953923781206.2")]
    public void Numbers_are_written_as_ECMAScript_does(ulong bits, string expected) =>
        Assert.That(EcmaScriptNumber.Format(BitConverter.UInt64BitsToDouble(bits)), Is.EqualTo(expected));

    [Test]
    public void Every_number_reads_back_as_itself() =>
        Gen.Double.Where(double.IsFinite).Sample(d => d == JsonSerializer.Deserialize<double>(EcmaScriptNumber.Format(d)));

    [TestCase("""{"a":1,"a":2}""", "a")]
    [TestCase("""{"a":{"b":1,"\u0062":2}}""", "b")]
    [TestCase("\"\\ud83d\"", "surrogate")]
    [TestCase("""{"\udc00":1}""", "surrogate")]
    [TestCase("9007199254740992", "2^53")]
    [TestCase("-9007199254740992", "2^53")]
    [TestCase("123456789012345678901234567890", "2^53")]
    [TestCase("1e999", "too large")]
    [TestCase("[1,]", "canonicalizable")]
    [TestCase("01", "canonicalizable")]
    [TestCase("{} {}", "canonicalizable")]
    [TestCase("", "canonicalizable")]
    public void What_cannot_be_written_without_loss_is_refused(string json, string reason) =>
        Assert.That(() => Canonical(json), Throws.InstanceOf<FormatException>().With.Message.Contains(reason));

    [Test]
    public void Bytes_that_are_not_utf8_are_refused() =>
        Assert.That(() => Jcs.Canonicalize([(byte)'"', 0xC3, 0x28, (byte)'"']), Throws.InstanceOf<FormatException>());

    [Test]
    public void Duplicate_keys_of_an_element_parsed_leniently_are_refused()
    {
        using var document = JsonDocument.Parse("""{"x":1,"y":2,"x":3}""");

        Assert.That(() => Jcs.Canonicalize(document.RootElement), Throws.InstanceOf<FormatException>());
    }

    [Test]
    public void Duplicate_keys_of_a_lazily_read_node_are_refused() =>
        Assert.That(() => Jcs.Canonicalize(JsonNode.Parse("""{"x":1,"x":3}""")), Throws.InstanceOf<FormatException>());

    [Test]
    public void A_lone_surrogate_in_a_node_is_refused_and_not_replaced() =>
        Assert.Multiple(() =>
        {
            Assert.That(() => Jcs.Canonicalize(new JsonObject { ["a"] = "x\ud83d" }), Throws.InstanceOf<FormatException>());
            Assert.That(() => Jcs.Canonicalize(new JsonObject { ["\ude00"] = 1 }), Throws.InstanceOf<FormatException>());
            Assert.That(() => Jcs.Canonicalize(JsonNode.Parse("\"\\ud83d\"")), Throws.InstanceOf<FormatException>());
        });

    [Test]
    public void A_node_made_in_code_and_one_parsed_give_the_same_bytes()
    {
        var id = new Guid("0191d0a0-0000-7000-8000-000000000001");
        var made = new JsonObject
        {
            ["z"] = new JsonArray(1, null, true, "é"),
            ["id"] = JsonValue.Create(id),
            ["n"] = JsonValue.Create(7L),
            ["f"] = 0.5,
        };

        Assert.That(Jcs.Canonicalize(made), Is.EqualTo(Jcs.Canonicalize(Encoding.UTF8.GetBytes(made.ToJsonString()))));
        Assert.That(Jcs.Canonicalize((JsonNode?)null), Is.EqualTo("null"u8.ToArray()));
    }

    [Test]
    public void Canonicalizing_twice_changes_nothing_and_order_of_keys_does_not_matter() =>
        Gen.Select(Gen.Dictionary(Gen.String.Where(WellFormed), Gen.String.Where(WellFormed)), Gen.Int).Sample((members, seed) =>
        {
            var pairs = members.ToArray();
            var shuffled = pairs.ToArray();
            new Random(seed).Shuffle(shuffled);
            var a = Jcs.Canonicalize(Node(pairs));
            return a.AsSpan().SequenceEqual(Jcs.Canonicalize(Node(shuffled))) && a.AsSpan().SequenceEqual(Jcs.Canonicalize(a));
        });

    private static JsonObject Node(IEnumerable<KeyValuePair<string, string>> pairs) =>
        new(pairs.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)JsonValue.Create(p.Value))));

    private static bool WellFormed(string s)
    {
        try
        {
            new UTF8Encoding(false, throwOnInvalidBytes: true).GetByteCount(s);
            return true;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }

    private static string Canonical(string json) => Encoding.UTF8.GetString(Jcs.Canonicalize(Encoding.UTF8.GetBytes(json)));
}
