using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace SignalReview.Tests.Storage.TSql;

internal enum SqlFileKind
{
    Migration,
    Query,
    Grants,
}

/// <summary>
/// Refuses T-SQL that is valid and still not wanted: what the team's other SQL Servers do not know, what hides a race, and what takes
/// time, ids or an order from the database.
/// </summary>
internal sealed partial class TSqlPortability : TSqlFragmentVisitor
{
    // Known to SQL Server and, in files without a twin, to SQLite as well; the SQLite side is checked by preparing each query.
    private static readonly FrozenSet<string> KnownFunctions = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "COUNT", "SUM", "MIN", "MAX", "AVG", "ABS", "ROUND", "LOWER", "UPPER", "REPLACE", "CONCAT", "SUBSTRING", "ROW_NUMBER", "RANK", "DENSE_RANK", "LAG", "LEAD",
        "FIRST_VALUE", "LAST_VALUE", "LEN", "DATALENGTH", "ISNULL", "STRING_AGG", "DATEADD", "DATEDIFF", "DATEPART", "JSON_VALUE", "OBJECT_ID", "SCHEMA_NAME", "SCOPE_IDENTITY");

    private static readonly FrozenSet<string> ClocksAndDice = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "GETDATE", "GETUTCDATE", "SYSDATETIME", "SYSUTCDATETIME", "SYSDATETIMEOFFSET", "NEWID", "NEWSEQUENTIALID", "RAND");

    private readonly TSqlSchema schema;
    private readonly string file;
    private readonly SqlFileKind kind;
    private readonly TSqlScript script;
    private readonly bool hasGuard;
    private readonly List<Finding> findings = [];

    private TSqlPortability(TSqlSchema schema, string file, SqlFileKind kind, TSqlScript script, IEnumerable<string> guardedQueries, string text)
    {
        this.schema = schema;
        this.file = file;
        this.kind = kind;
        this.script = script;
        var guard = GuardedBy().Match(text);
        hasGuard = guard.Success && guardedQueries.Contains(guard.Groups["query"].Value, StringComparer.Ordinal);
    }

    /// <param name="schema">Tells which columns are Guids.</param>
    /// <param name="file">The name that findings carry.</param>
    /// <param name="kind">Grants may stand in a file of their own only.</param>
    /// <param name="text">The T-SQL.</param>
    /// <param name="guardedQueries">Queries that change rows under a WHERE: a lock hint may name one of them as its guard.</param>
    public static IReadOnlyList<Finding> Check(TSqlSchema schema, string file, SqlFileKind kind, string text, IEnumerable<string> guardedQueries)
    {
        List<Finding> errors = [];
        if (TSqlText.Parse(file, text, errors) is not { } script)
        {
            return errors;
        }

        var visitor = new TSqlPortability(schema, file, kind, script, guardedQueries, text);
        script.Accept(visitor);
        return visitor.findings;
    }

    /// <summary>True when the text is one UPDATE, DELETE or INSERT … SELECT with a WHERE: its row count tells who won.</summary>
    public static bool IsGuarded(string text)
    {
        List<Finding> errors = [];
        return TSqlText.Parse("", text, errors)?.Batches.SelectMany(b => b.Statements).ToList() is [var only] && only switch
        {
            UpdateStatement update => update.UpdateSpecification.WhereClause is not null,
            DeleteStatement delete => delete.DeleteSpecification.WhereClause is not null,
            InsertStatement { InsertSpecification.InsertSource: SelectInsertSource { Select: QuerySpecification select } } => select.WhereClause is not null,
            _ => false,
        };
    }

    public override void Visit(MergeStatement node) => Add(node, "MERGE is not used: it races unless it locks. Write UPDATE and INSERT with guards.");

    public override void Visit(WaitForStatement node) => Add(node, "WAITFOR is not used.");

    public override void Visit(AlterDatabaseStatement node) => Add(node, "ALTER DATABASE is the administrator's, not a script's.");

    public override void Visit(CreateOrAlterTriggerStatement node) => Add(node, "CREATE OR ALTER TRIGGER is not portable: write CREATE TRIGGER.");

    public override void Visit(CreateOrAlterViewStatement node) => Add(node, "CREATE OR ALTER VIEW is not portable: write CREATE VIEW.");

    public override void Visit(ExecuteStatement node) => Add(node, "EXEC hides its SQL from this check.");

    public override void Visit(SelectStarExpression node) => Add(node, "Name the columns instead of *.");

    public override void Visit(SecurityStatement node)
    {
        if (kind != SqlFileKind.Grants)
        {
            Add(node, "GRANT, DENY and REVOKE stand in db/grants, which an administrator runs.");
        }
    }

    public override void Visit(IndexDefinition node) => Add(node, "An index inside CREATE TABLE is not portable: write CREATE INDEX.");

    public override void Visit(SqlDataTypeReference node)
    {
        switch (node.SqlDataTypeOption)
        {
            case SqlDataTypeOption.DateTime2 when node.Parameters is not [IntegerLiteral { Value: "6" }]:
                Add(node, "Times are DATETIME2(6).");
                break;
            case SqlDataTypeOption.DateTime or SqlDataTypeOption.SmallDateTime or SqlDataTypeOption.DateTimeOffset:
                Add(node, "Times are DATETIME2(6), in UTC.");
                break;
            case SqlDataTypeOption.Text or SqlDataTypeOption.NText or SqlDataTypeOption.Image or SqlDataTypeOption.Timestamp or SqlDataTypeOption.Rowversion
                or SqlDataTypeOption.Money or SqlDataTypeOption.Sql_Variant:
                Add(node, $"{node.SqlDataTypeOption} has no form in SQLite.");
                break;
        }
    }

    public override void Visit(FunctionCall node)
    {
        if (ClocksAndDice.Contains(node.FunctionName.Value))
        {
            Add(node, $"{node.FunctionName.Value}: times and ids come as arguments, so that a test can set them.");
        }
        else if (node.CallTarget is null && !KnownFunctions.Contains(node.FunctionName.Value))
        {
            Add(node, $"{node.FunctionName.Value} is not known to be a function of SQL Server 2019; if it is, add it to {nameof(KnownFunctions)}.");
        }
    }

    public override void Visit(ParameterlessCall node)
    {
        if (node.ParameterlessCallType == ParameterlessCallType.CurrentTimestamp)
        {
            Add(node, "CURRENT_TIMESTAMP: times come as arguments, so that a test can set them.");
        }
    }

    public override void Visit(OrderByClause node)
    {
        foreach (var element in node.OrderByElements)
        {
            if (element.Expression is ColumnReferenceExpression column
                && TSqlParameters.ColumnType(schema, file, script, column) is { } type
                && TSqlParameters.Kind(type) == "Guid")
            {
                Add(element, "SQL Server orders Guids otherwise than SQLite: order by a number or a time.");
            }
        }
    }

    public override void Visit(InsertSpecification node)
    {
        if (node.Columns.Count == 0)
        {
            Add(node, "INSERT names its columns.");
            return;
        }

        var widths = node.InsertSource switch
        {
            ValuesInsertSource values => values.RowValues.Select(r => r.ColumnValues.Count),
            SelectInsertSource { Select: QuerySpecification select } => [select.SelectElements.Count],
            _ => [],
        };
        foreach (var width in widths.Where(w => w != node.Columns.Count))
        {
            Add(node, $"INSERT names {node.Columns.Count} columns and gives {width} values.");
        }
    }

    public override void Visit(UpdateStatement node)
    {
        var update = node.UpdateSpecification;
        CheckTarget(node, update);
        CheckWhere(node, update.WhereClause);
        if (update.FromClause is not null && (update.OutputClause is not null || update.OutputIntoClause is not null))
        {
            Add(node, "UPDATE … FROM with OUTPUT is not portable: guard with a subquery in WHERE.");
        }
    }

    public override void Visit(DeleteStatement node)
    {
        CheckTarget(node, node.DeleteSpecification);
        CheckWhere(node, node.DeleteSpecification.WhereClause);
    }

    public override void Visit(SelectStatement node)
    {
        if (hasGuard)
        {
            return;
        }

        foreach (var hint in TSqlText.All<TableHint>(node).Where(h => h.HintKind is TableHintKind.UpdLock or TableHintKind.XLock
            or TableHintKind.HoldLock or TableHintKind.Serializable or TableHintKind.RepeatableRead or TableHintKind.TabLock or TableHintKind.TabLockX))
        {
            Add(hint, "A lock hint alone keeps no promise: name the guarded change that follows, as in '-- guarded by slice/query'.");
        }
    }

    public override void Visit(TableHint node)
    {
        if (node.HintKind is TableHintKind.NoLock or TableHintKind.ReadUncommitted)
        {
            Add(node, "NOLOCK reads what was never committed.");
        }
    }

    private void CheckTarget(StatementWithCtesAndXmlNamespaces statement, UpdateDeleteSpecificationBase change)
    {
        if (change.Target is not NamedTableReference target)
        {
            return;
        }

        var name = TSqlText.Name(target.SchemaObject);
        var aliased = change.FromClause is null
            ? null
            : TSqlText.All<NamedTableReference>(change.FromClause).FirstOrDefault(t => Same(t.Alias?.Value, name));
        var real = aliased is null ? name : TSqlText.Name(aliased.SchemaObject);
        if (statement.WithCtesAndXmlNamespaces?.CommonTableExpressions.Any(c => Same(c.ExpressionName.Value, real)) == true)
        {
            Add(statement, "A CTE is not a portable target of UPDATE or DELETE: name the table.");
        }
    }

    private void CheckWhere(StatementWithCtesAndXmlNamespaces statement, WhereClause? where)
    {
        if (kind == SqlFileKind.Query && where is null)
        {
            Add(statement, "A change without WHERE has no guard.");
        }
    }

    private void Add(TSqlFragment node, string message) => findings.Add(new(file, node.StartLine, message));

    private static bool Same(string? a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"--\s*guarded by (?<query>[a-z0-9_/]+)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex GuardedBy();
}
