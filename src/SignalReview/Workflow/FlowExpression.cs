using System.Globalization;

namespace SignalReview.Workflow;

internal enum Comparison
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// <summary>
/// An expression that was typed when it was read: both sides of a comparison have one type and logic stands between Booleans only, so
/// evaluating cannot fail and JavaScript's coercions never come into play (Elsa evaluates the same text with a real JavaScript engine).
/// </summary>
internal abstract record FlowExpression(FlowType Type)
{
    /// <returns>An <see cref="int"/>, <see cref="string"/>, <see cref="bool"/> or <see cref="TimeSpan"/>, as <see cref="Type"/> says.</returns>
    public abstract object Evaluate(FlowValues values);

    /// <summary>The expressions that this one is made of, itself first.</summary>
    public IEnumerable<FlowExpression> Parts() => Operands.SelectMany(o => o.Parts()).Prepend(this);

    private protected virtual IEnumerable<FlowExpression> Operands => [];

    /// <summary>As a definition could say it.</summary>
    public sealed override string ToString() => this switch
    {
        Constant { Value: string text } => $"'{text}'",
        Constant { Value: bool truth } => truth ? "true" : "false",
        Constant constant => string.Create(CultureInfo.InvariantCulture, $"{constant.Value}"),
        Input input => input.Name,
        Variable variable => variable.Name,
        Not not => $"!{Inner(not.Operand)}",
        And and => $"{Inner(and.Left)} && {Inner(and.Right)}",
        Or or => $"{Inner(or.Left)} || {Inner(or.Right)}",
        Compare compare => $"{Inner(compare.Left)} {Symbol(compare.Operator)} {Inner(compare.Right)}",
        _ => throw new InvalidOperationException($"{GetType()} has no text."),
    };

    private static string Symbol(Comparison comparison) => comparison switch
    {
        Comparison.Equal => "==",
        Comparison.NotEqual => "!=",
        Comparison.Less => "<",
        Comparison.LessOrEqual => "<=",
        Comparison.Greater => ">",
        Comparison.GreaterOrEqual => ">=",
    };

    private static string Inner(FlowExpression part) => part is And or Or ? $"({part})" : $"{part}";

    public sealed record Constant(FlowType Type, object Value) : FlowExpression(Type)
    {
        public override object Evaluate(FlowValues values) => Value;
    }

    public sealed record Input(FlowType Type, string Name) : FlowExpression(Type)
    {
        public override object Evaluate(FlowValues values) => values.Inputs[Name];
    }

    public sealed record Variable(FlowType Type, string Name) : FlowExpression(Type)
    {
        public override object Evaluate(FlowValues values) => values.Variables[Name];
    }

    public sealed record Not(FlowExpression Operand) : FlowExpression(FlowType.Boolean)
    {
        private protected override IEnumerable<FlowExpression> Operands => [Operand];

        public override object Evaluate(FlowValues values) => !(bool)Operand.Evaluate(values);
    }

    public sealed record And(FlowExpression Left, FlowExpression Right) : FlowExpression(FlowType.Boolean)
    {
        private protected override IEnumerable<FlowExpression> Operands => [Left, Right];

        public override object Evaluate(FlowValues values) => (bool)Left.Evaluate(values) && (bool)Right.Evaluate(values);
    }

    public sealed record Or(FlowExpression Left, FlowExpression Right) : FlowExpression(FlowType.Boolean)
    {
        private protected override IEnumerable<FlowExpression> Operands => [Left, Right];

        public override object Evaluate(FlowValues values) => (bool)Left.Evaluate(values) || (bool)Right.Evaluate(values);
    }

    public sealed record Compare(Comparison Operator, FlowExpression Left, FlowExpression Right) : FlowExpression(FlowType.Boolean)
    {
        private protected override IEnumerable<FlowExpression> Operands => [Left, Right];

        public override object Evaluate(FlowValues values)
        {
            var (left, right) = (Left.Evaluate(values), Right.Evaluate(values));
            return Operator switch
            {
                Comparison.Equal => left.Equals(right),
                Comparison.NotEqual => !left.Equals(right),
                Comparison.Less => (int)left < (int)right,
                Comparison.LessOrEqual => (int)left <= (int)right,
                Comparison.Greater => (int)left > (int)right,
                Comparison.GreaterOrEqual => (int)left >= (int)right,
            };
        }
    }
}

/// <summary>What an expression can see.</summary>
internal sealed record FlowValues(IReadOnlyDictionary<string, object> Inputs, IReadOnlyDictionary<string, object> Variables);
