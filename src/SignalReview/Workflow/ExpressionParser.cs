using System.Collections.Immutable;
using System.Globalization;

namespace SignalReview.Workflow;

/// <summary>
/// Reads the part of JavaScript that definitions may use: <c>getInput('X')</c>, <c>variables.X</c>, comparisons, <c>&amp;&amp;</c>,
/// <c>||</c>, <c>!</c>, parentheses, whole numbers, strings and Booleans. Anything else is refused with its reason, never ignored.
/// </summary>
internal sealed class ExpressionParser
{
    /// <summary>Longer is no condition that a coordinator can read; it also bounds the recursion.</summary>
    public const int MaxLength = 500;

    private readonly ImmutableArray<ExpressionToken> tokens;
    private readonly IReadOnlyDictionary<string, FlowType> inputs;
    private readonly IReadOnlyDictionary<string, FlowType> variables;
    private int position;
    private string? reason;

    private ExpressionParser(
        ImmutableArray<ExpressionToken> tokens, IReadOnlyDictionary<string, FlowType> inputs, IReadOnlyDictionary<string, FlowType> variables)
    {
        this.tokens = tokens;
        this.inputs = inputs;
        this.variables = variables;
    }

    private ExpressionToken Current => tokens[position];

    /// <returns>The expression, or why it is refused; never both.</returns>
    public static (FlowExpression? Expression, string? Reason) Parse(
        string text, IReadOnlyDictionary<string, FlowType> inputs, IReadOnlyDictionary<string, FlowType> variables)
    {
        if (text.Length > MaxLength)
        {
            return (null, $"the expression is longer than {MaxLength} characters");
        }

        var (tokens, refused) = ExpressionToken.Split(text);
        if (refused is not null)
        {
            return (null, refused);
        }

        var parser = new ExpressionParser(tokens, inputs, variables);
        var expression = parser.Or();
        if (expression is not null && parser.Current.Kind != TokenKind.End)
        {
            expression = parser.Unexpected();
        }

        return expression is null ? (null, parser.reason) : (expression, null);
    }

    private FlowExpression? Or() => Logic("||", And, (left, right) => new FlowExpression.Or(left, right));

    private FlowExpression? And() => Logic("&&", Equality, (left, right) => new FlowExpression.And(left, right));

    private FlowExpression? Logic(string symbol, Func<FlowExpression?> operand, Func<FlowExpression, FlowExpression, FlowExpression> combine)
    {
        var left = operand();
        while (left is not null && Take(symbol))
        {
            var right = operand();
            left = right is null ? null
                : left.Type == FlowType.Boolean && right.Type == FlowType.Boolean ? combine(left, right)
                : Refuse($"'{symbol}' stands between {left.Type} and {right.Type}, not between Booleans");
        }

        return left;
    }

    private FlowExpression? Equality() => Comparisons(Relational, symbol => symbol switch
    {
        "==" or "===" => Comparison.Equal,
        "!=" or "!==" => Comparison.NotEqual,
        _ => null,
    });

    private FlowExpression? Relational() => Comparisons(Unary, symbol => symbol switch
    {
        "<" => Comparison.Less,
        "<=" => Comparison.LessOrEqual,
        ">" => Comparison.Greater,
        ">=" => Comparison.GreaterOrEqual,
        _ => null,
    });

    private FlowExpression? Comparisons(Func<FlowExpression?> operand, Func<string, Comparison?> find)
    {
        var left = operand();
        while (left is not null && Current.Kind == TokenKind.Symbol && find(Current.Text) is { } comparison)
        {
            var symbol = Current.Text;
            position++;
            var right = operand();
            left = right is null ? null : Compare(symbol, comparison, left, right);
        }

        return left;
    }

    private FlowExpression? Compare(string symbol, Comparison comparison, FlowExpression left, FlowExpression right)
    {
        if (left.Type != right.Type)
        {
            return Refuse($"'{symbol}' compares {left.Type} with {right.Type}");
        }

        return comparison is Comparison.Equal or Comparison.NotEqual || left.Type == FlowType.Int32
            ? new FlowExpression.Compare(comparison, left, right)
            : Refuse($"'{symbol}' orders {left.Type}; only numbers can be ordered");
    }

    private FlowExpression? Unary()
    {
        if (Take("!"))
        {
            return Unary() switch
            {
                null => null,
                { Type: FlowType.Boolean } operand => new FlowExpression.Not(operand),
                var operand => Refuse($"'!' stands before {operand.Type}, not before a Boolean"),
            };
        }

        if (Take("-"))
        {
            return Current.Kind == TokenKind.Number ? Number("-") : Refuse("'-' is understood only as the sign of a number");
        }

        return Primary();
    }

    private FlowExpression? Primary()
    {
        switch (Current.Kind)
        {
            case TokenKind.Number:
                return Number("");
            case TokenKind.Text:
                return new FlowExpression.Constant(FlowType.String, tokens[position++].Text);
            case TokenKind.Word when Current.Text is "true" or "false":
                return new FlowExpression.Constant(FlowType.Boolean, tokens[position++].Text == "true");
            case TokenKind.Word when Current.Text == "getInput":
                position++;
                return Input();
            case TokenKind.Word when Current.Text == "variables":
                position++;
                return Variable();
            case TokenKind.Word:
                return Refuse($"'{Current.Text}' is outside the subset; known are getInput('X'), variables.X, true and false");
            case TokenKind.Symbol when Take("("):
                var inner = Or();
                return inner is null || Take(")") ? inner : Unexpected();
            default:
                return Unexpected();
        }
    }

    private FlowExpression? Number(string sign) =>
        int.TryParse(sign + Current.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? Advance(new FlowExpression.Constant(FlowType.Int32, number))
            : Refuse($"the number '{sign}{Current.Text}' is too large");

    private FlowExpression? Input()
    {
        if (!Take("(") || Current.Kind != TokenKind.Text)
        {
            return Refuse("getInput is understood only as getInput('X')");
        }

        var name = tokens[position++].Text;
        if (!Take(")"))
        {
            return Refuse("getInput is understood only as getInput('X')");
        }

        return inputs.TryGetValue(name, out var type) ? new FlowExpression.Input(type, name) : Refuse($"unknown input '{name}'");
    }

    private FlowExpression? Variable()
    {
        if (!Take(".") || Current.Kind != TokenKind.Word)
        {
            return Refuse("variables is understood only as variables.X");
        }

        var name = tokens[position++].Text;
        return variables.TryGetValue(name, out var type) ? new FlowExpression.Variable(type, name) : Refuse($"unknown variable '{name}'");
    }

    private FlowExpression Advance(FlowExpression expression)
    {
        position++;
        return expression;
    }

    private bool Take(string symbol)
    {
        var taken = Current.Kind == TokenKind.Symbol && Current.Text == symbol;
        position += taken ? 1 : 0;
        return taken;
    }

    private FlowExpression? Unexpected() =>
        Refuse(Current.Kind == TokenKind.End ? "the expression ends too early" : $"'{Current.Text}' is not expected here");

    private FlowExpression? Refuse(string why)
    {
        reason = why;
        return null;
    }
}
