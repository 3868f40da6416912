using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace SignalReview.Tests.Storage.TSql;

/// <summary>
/// Gives each parameter of a query the type of the column that it is compared with, assigned to or inserted into; a parameter that
/// meets columns of two kinds, or none at all, is a finding.
/// </summary>
internal sealed class TSqlParameters
{
    private readonly TSqlSchema schema;
    private readonly string file;
    private readonly Dictionary<string, string> tables = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<DataTypeReference>> types = new(StringComparer.OrdinalIgnoreCase);

    private TSqlParameters(TSqlSchema schema, string file, TSqlScript script)
    {
        this.schema = schema;
        this.file = file;
        foreach (var table in TSqlText.All<NamedTableReference>(script))
        {
            var name = TSqlText.Name(table.SchemaObject);
            tables[table.Alias?.Value ?? name] = name;
        }

        script.Accept(new Pairs(this));
    }

    /// <summary>Declarations ("@Case UNIQUEIDENTIFIER") of <paramref name="names"/>.</summary>
    public static IReadOnlyList<string> Declare(TSqlSchema schema, string file, TSqlScript script, IEnumerable<string> names, ICollection<Finding> findings)
    {
        var parameters = new TSqlParameters(schema, file, script);
        return [.. names.Select(name => parameters.Declare(name, findings))];
    }

    /// <summary>The type of a column as a statement names it; null when it is of no table, or of two with different types.</summary>
    public static DataTypeReference? ColumnType(TSqlSchema schema, string file, TSqlScript script, ColumnReferenceExpression column) =>
        new TSqlParameters(schema, file, script).TypeOf(column);

    public static string Kind(DataTypeReference type) => (type as SqlDataTypeReference)?.SqlDataTypeOption switch
    {
        SqlDataTypeOption.UniqueIdentifier => "Guid",
        SqlDataTypeOption.Char or SqlDataTypeOption.VarChar or SqlDataTypeOption.NChar or SqlDataTypeOption.NVarChar => "text",
        SqlDataTypeOption.Binary or SqlDataTypeOption.VarBinary => "bytes",
        SqlDataTypeOption.DateTime2 => "time",
        SqlDataTypeOption.Date => "date",
        SqlDataTypeOption.Bit or SqlDataTypeOption.TinyInt or SqlDataTypeOption.SmallInt or SqlDataTypeOption.Int or SqlDataTypeOption.BigInt
            or SqlDataTypeOption.Float => "number",
        _ => TSqlText.Script(type),
    };

    private string Declare(string name, ICollection<Finding> findings)
    {
        if (!types.TryGetValue("@" + name, out var found))
        {
            findings.Add(new(file, 1, $"@{name} meets no column, so its type is unknown: compare it with one, or CAST it."));
            return $"@{name} SQL_VARIANT";
        }

        var kinds = found.Select(Kind).Distinct(StringComparer.Ordinal).ToList();
        if (kinds.Count > 1)
        {
            findings.Add(new(file, 1, $"@{name} is used as {string.Join(" and as ", kinds)}."));
        }

        return $"@{name} {TSqlText.Script(found[0])}";
    }

    private void Pair(ScalarExpression? first, ScalarExpression? second)
    {
        Give(first, TypeOf(second));
        Give(second, TypeOf(first));
    }

    private void Give(ScalarExpression? expression, DataTypeReference? type)
    {
        if (type is null)
        {
            return;
        }

        switch (expression)
        {
            case VariableReference variable when types.TryGetValue(variable.Name, out var known):
                known.Add(type);
                break;
            case VariableReference variable:
                types[variable.Name] = [type];
                break;
            default:
                foreach (var part in Parts(expression))
                {
                    Give(part, type);
                }

                break;
        }
    }

    private DataTypeReference? TypeOf(ScalarExpression? expression) => expression switch
    {
        ColumnReferenceExpression column => TypeOf(column),
        CastCall cast => cast.DataType,
        ScalarSubquery subquery => Elements(subquery.QueryExpression).FirstOrDefault() is { Count: > 0 } first ? TypeOf(first[0]) : null,
        FunctionCall { FunctionName.Value: var name } when name.Equals("COUNT", StringComparison.OrdinalIgnoreCase) => Number,
        IntegerLiteral => Number,
        StringLiteral => LongText,
        _ => Parts(expression).Select(TypeOf).FirstOrDefault(t => t is not null),
    };

    private DataTypeReference? TypeOf(ColumnReferenceExpression column)
    {
        var parts = column.MultiPartIdentifier?.Identifiers;
        if (parts is null)
        {
            return null;
        }

        var named = parts.Count > 1 && tables.TryGetValue(parts[^2].Value, out var table) ? [table] : tables.Values.Distinct(StringComparer.OrdinalIgnoreCase);
        var found = named.Select(t => schema.ColumnType(t, parts[^1].Value)).OfType<DataTypeReference>().ToList();
        return found.Select(Kind).Distinct(StringComparer.Ordinal).Count() == 1 ? found[0] : null;
    }

    // The parts of an expression that have the expression's own type.
    private static IEnumerable<ScalarExpression> Parts(ScalarExpression? expression) => expression switch
    {
        ParenthesisExpression parenthesis => [parenthesis.Expression],
        UnaryExpression unary => [unary.Expression],
        BinaryExpression binary => [binary.FirstExpression, binary.SecondExpression],
        CoalesceExpression coalesce => coalesce.Expressions,
        NullIfExpression nullIf => [nullIf.FirstExpression, nullIf.SecondExpression],
        IIfCall iif => [iif.ThenExpression, iif.ElseExpression],
        CaseExpression choice => [.. Branches(choice), .. choice.ElseExpression is { } otherwise ? [otherwise] : Array.Empty<ScalarExpression>()],
        FunctionCall { FunctionName.Value: var name } call when name.ToUpperInvariant() is "MIN" or "MAX" or "SUM" or "ISNULL" or "ABS" => call.Parameters,
        _ => [],
    };

    private static IEnumerable<ScalarExpression> Branches(CaseExpression choice) => choice switch
    {
        SearchedCaseExpression searched => searched.WhenClauses.Select(w => w.ThenExpression),
        SimpleCaseExpression simple => simple.WhenClauses.Select(w => w.ThenExpression),
        _ => [],
    };

    // The selected expressions of a query, one list for each side of a UNION.
    private static IEnumerable<IReadOnlyList<ScalarExpression?>> Elements(QueryExpression query) => query switch
    {
        QuerySpecification specification => [[.. specification.SelectElements.Select(e => (e as SelectScalarExpression)?.Expression)]],
        BinaryQueryExpression union => [.. Elements(union.FirstQueryExpression), .. Elements(union.SecondQueryExpression)],
        QueryParenthesisExpression parenthesis => Elements(parenthesis.QueryExpression),
        _ => [],
    };

    private static SqlDataTypeReference Number { get; } = new() { SqlDataTypeOption = SqlDataTypeOption.BigInt };

    private static SqlDataTypeReference LongText { get; } =
        new() { SqlDataTypeOption = SqlDataTypeOption.NVarChar, Parameters = { new MaxLiteral { Value = "MAX" } } };

    private sealed class Pairs(TSqlParameters owner) : TSqlFragmentVisitor
    {
        public override void Visit(BooleanComparisonExpression node) => owner.Pair(node.FirstExpression, node.SecondExpression);

        public override void Visit(LikePredicate node) => owner.Pair(node.FirstExpression, node.SecondExpression);

        public override void Visit(AssignmentSetClause node) => owner.Pair(node.Column, node.NewValue);

        public override void Visit(BinaryExpression node) => owner.Pair(node.FirstExpression, node.SecondExpression);

        public override void Visit(CastCall node) => owner.Give(node.Parameter, node.DataType);

        public override void Visit(TopRowFilter node) => owner.Give(node.Expression, Number);

        public override void Visit(OffsetClause node)
        {
            owner.Give(node.OffsetExpression, Number);
            owner.Give(node.FetchExpression, Number);
        }

        public override void Visit(OpenJsonTableReference node) => owner.Give(node.Variable, LongText);

        public override void Visit(BooleanTernaryExpression node)
        {
            owner.Pair(node.FirstExpression, node.SecondExpression);
            owner.Pair(node.FirstExpression, node.ThirdExpression);
        }

        public override void Visit(InPredicate node)
        {
            foreach (var value in node.Subquery is null ? node.Values : [node.Subquery])
            {
                owner.Pair(node.Expression, value);
            }
        }

        public override void Visit(CoalesceExpression node)
        {
            foreach (var other in node.Expressions.Skip(1))
            {
                owner.Pair(node.Expressions[0], other);
            }
        }

        public override void Visit(SimpleCaseExpression node)
        {
            foreach (var choice in node.WhenClauses)
            {
                owner.Pair(node.InputExpression, choice.WhenExpression);
            }
        }

        public override void Visit(InsertSpecification node)
        {
            var rows = node.InsertSource switch
            {
                ValuesInsertSource values => values.RowValues.Select(r => (IReadOnlyList<ScalarExpression?>)[.. r.ColumnValues]),
                SelectInsertSource select => Elements(select.Select),
                _ => [],
            };
            foreach (var row in rows)
            {
                foreach (var (column, value) in node.Columns.Zip(row))
                {
                    // The column is the target's, whatever other tables of the statement have one of that name.
                    var type = node.Target is NamedTableReference target
                        ? owner.schema.ColumnType(TSqlText.Name(target.SchemaObject), TSqlText.Last(column) ?? "")
                        : null;
                    owner.Give(value, type);
                }
            }
        }
    }
}
