using CsCheck;
using SignalReview.Workflow;

namespace SignalReview.Tests.Workflow;

internal sealed class ExpressionParserTests
{
    private static readonly Dictionary<string, FlowType> Inputs = new(StringComparer.Ordinal) { ["Urgency"] = FlowType.String, ["Readers"] = FlowType.Int32 };

    private static readonly Dictionary<string, FlowType> Variables = new(StringComparer.Ordinal)
    {
        ["Concern"] = FlowType.Int32,
        ["Divergent"] = FlowType.Boolean,
    };

    private static readonly FlowValues Values = new(
        new Dictionary<string, object>(StringComparer.Ordinal) { ["Urgency"] = "acute", ["Readers"] = 3 },
        new Dictionary<string, object>(StringComparer.Ordinal) { ["Concern"] = 7, ["Divergent"] = false });

    [TestCase("true", true)]
    [TestCase(" false ", false)]
    [TestCase("42", 42)]
    [TestCase("-5", -5)]
    [TestCase("-2147483648", int.MinValue)]
    [TestCase("'it\\'s'", "it's")]
    [TestCase("\"a\\\\b\"", "a\\b")]
    [TestCase("getInput('Urgency')", "acute")]
    [TestCase("getInput( \"Readers\" )", 3)]
    [TestCase("variables.Concern", 7)]
    [TestCase("variables.Concern >= 7", true)]
    [TestCase("variables.Concern > 7", false)]
    [TestCase("variables.Concern <= 6", false)]
    [TestCase("variables.Concern < 8", true)]
    [TestCase("variables.Concern == 7", true)]
    [TestCase("variables.Concern === 8", false)]
    [TestCase("variables.Concern != 7", false)]
    [TestCase("variables.Concern !== 8", true)]
    [TestCase("getInput('Urgency') === 'acute'", true)]
    [TestCase("getInput('Urgency') == 'Acute'", false)]
    [TestCase("variables.Divergent || variables.Concern >= 7", true)]
    [TestCase("variables.Divergent && variables.Concern >= 7", false)]
    [TestCase("true || false && false", true)]
    [TestCase("(true || false) && false", false)]
    [TestCase("!variables.Divergent", true)]
    [TestCase("!!variables.Divergent", false)]
    [TestCase("!(1 < 2) || 2 > 1", true)]
    [TestCase("1 < 2 == true", true)]
    [TestCase("variables\n\t.Concern", 7)]
    public void What_the_subset_can_say_is_evaluated_as_JavaScript_would(string text, object expected)
    {
        var (expression, reason) = ExpressionParser.Parse(text, Inputs, Variables);
        Assert.That(reason, Is.Null);
        Assert.That(expression!.Evaluate(Values), Is.EqualTo(expected));
    }

    [TestCase("", "ends too early")]
    [TestCase("1 +2", "'+' is outside the subset")]
    [TestCase("return true", "'return' is outside the subset")]
    [TestCase("true;", "';' is outside the subset")]
    [TestCase("variables.Concern = 8", "'=' is outside the subset")]
    [TestCase("variables.Unknown > 1", "unknown variable 'Unknown'")]
    [TestCase("variables['Concern']", "'[' is outside the subset")]
    [TestCase("variables", "only as variables.X")]
    [TestCase("getInput('Nope')", "unknown input 'Nope'")]
    [TestCase("getInput(Urgency)", "only as getInput('X')")]
    [TestCase("getInput('Urgency'", "only as getInput('X')")]
    [TestCase("getConcern()", "'getConcern' is outside the subset")]
    [TestCase("null", "'null' is outside the subset")]
    [TestCase("1.5 > 1", "'1' is outside the subset")]
    [TestCase("0x10 > 1", "'0' is outside the subset")]
    [TestCase("010 > 1", "'0' is outside the subset")]
    [TestCase("2147483648 > 1", "too large")]
    [TestCase("-variables.Concern", "only as the sign of a number")]
    [TestCase("1 - 1", "'-' is not expected here")]
    [TestCase("(true", "ends too early")]
    [TestCase("true)", "')' is not expected here")]
    [TestCase("true false", "'false' is not expected here")]
    [TestCase("true &&", "ends too early")]
    [TestCase("'open", "a string is not closed")]
    [TestCase("'tab\\t'", "unknown escape")]
    [TestCase("variables.Concern && true", "between Int32 and Boolean")]
    [TestCase("variables.Concern == '7'", "compares Int32 with String")]
    [TestCase("'a' < 'b'", "orders String")]
    [TestCase("true > false", "orders Boolean")]
    [TestCase("!variables.Concern", "before Int32")]
    [TestCase("1 < 2 < 3", "compares Boolean with Int32")]
    [TestCase("true ? 1 : 2", "'?' is outside the subset")]
    [TestCase("`a`", "'`' is outside the subset")]
    public void Everything_else_is_refused_with_its_reason(string text, string reason)
    {
        var (expression, refused) = ExpressionParser.Parse(text, Inputs, Variables);
        Assert.That(expression, Is.Null);
        Assert.That(refused, Does.Contain(reason));
    }

    [Test]
    public void A_text_beyond_reason_is_refused() =>
        Assert.That(ExpressionParser.Parse(new string('(', ExpressionParser.MaxLength + 1), Inputs, Variables).Reason, Does.Contain("longer than"));

    [Test]
    public void The_deepest_text_within_reason_is_read() =>
        Assert.That(ExpressionParser.Parse(new string('!', ExpressionParser.MaxLength - 4) + "true", Inputs, Variables).Expression!.Evaluate(Values), Is.True);

    /// <summary>Random conditions, written as text and judged by C# while they are built, must come out the same from the parser.</summary>
    [Test]
    public void Any_condition_means_what_it_says() =>
        Condition(4).Sample(c =>
        {
            var (expression, reason) = ExpressionParser.Parse(c.Text, Inputs, Variables);
            return c.Text.Length > ExpressionParser.MaxLength ? reason is not null : expression!.Evaluate(Values).Equals(c.Truth);
        });

    /// <summary>Whatever somebody types is answered, never thrown at; and what is accepted can be evaluated.</summary>
    [Test]
    public void Any_text_is_either_evaluated_or_refused()
    {
        string[] parts = ["true", "false", "1", "-", "7", "'a'", "(", ")", "!", "&&", "||", "==", "===", "!=", "<", ">=", ".", " ", "variables", "Concern", "getInput", "('Urgency')", "=", "\\"];
        Gen.Int[0, parts.Length - 1].Select(i => parts[i]).Array[0, 12].Select(string.Concat).Sample(text =>
        {
            var (expression, reason) = ExpressionParser.Parse(text, Inputs, Variables);
            return expression is null ? reason is not null : reason is null && expression.Evaluate(Values) is int or bool or string;
        }, iter: 20_000);
    }

    private static Gen<(string Text, bool Truth)> Condition(int depth)
    {
        var leaf = Gen.OneOf(
            Gen.Bool.Select(b => (b ? "true" : "false", b)),
            Gen.Int[-20, 20].Select(n => ($"variables.Concern >= {n}", 7 >= n)),
            Gen.Int[-20, 20].Select(n => ($"{n} < getInput('Readers')", n < 3)),
            Gen.Bool.Select(b => b ? "acute" : "none").Select(u => ($"getInput(\"Urgency\") !== '{u}'", u != "acute")));
        if (depth == 0)
        {
            return leaf;
        }

        var inner = Condition(depth - 1);
        return Gen.OneOf(
            leaf,
            inner.Select(c => ($"!({c.Text})", !c.Truth)),
            Gen.Select(inner, inner).Select((a, b) => ($"({a.Text}) && ({b.Text})", a.Truth && b.Truth)),
            Gen.Select(inner, inner).Select((a, b) => ($"({a.Text}) || ({b.Text})", a.Truth || b.Truth)),
            Gen.Select(inner, inner).Select((a, b) => ($"({a.Text}) == ({b.Text})", a.Truth == b.Truth)));
    }
}
