using System.Text.RegularExpressions;
using Microsoft.SqlServer.Dac.Model;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace SignalReview.Tests.Storage.TSql;

/// <summary>
/// The schema that the SQL Server migrations lead to, followed statement by statement: DacFx models know no ALTER TABLE … ADD column,
/// so those are folded into the CREATE TABLE that they change.
/// </summary>
internal sealed partial class TSqlSchema
{
    private readonly Dictionary<string, Entry> entries = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Finding> findings = [];
    private int dataStatements;

    /// <summary>What was wrong in the migrations themselves.</summary>
    public IReadOnlyList<Finding> Findings => findings;

    public static TSqlSchema Follow(IEnumerable<(string File, string Text)> migrations)
    {
        var schema = new TSqlSchema();
        foreach (var (file, text) in migrations)
        {
            schema.Apply(file, text);
        }

        return schema;
    }

    public IEnumerable<string> Tables => entries.Values.Where(e => e.Statement is CreateTableStatement).Select(e => e.Name);

    public DataTypeReference? ColumnType(string table, string column) =>
        entries.TryGetValue(table, out var entry) && entry.Statement is CreateTableStatement create
            ? create.Definition.ColumnDefinitions.FirstOrDefault(c => Same(c.ColumnIdentifier, column))?.DataType
            : null;

    /// <summary>A model of this schema; the caller disposes it.</summary>
    public TSqlModel ToModel()
    {
        var model = new TSqlModel(SqlServerVersion.Sql150, new TSqlModelOptions());
        foreach (var entry in entries.Values)
        {
            model.AddOrUpdateObjects(entry.Text, entry.Name, new TSqlObjectOptions());
        }

        return model;
    }

    /// <summary>Names that do not exist, in the schema itself and in <paramref name="procedures"/> (text by file).</summary>
    public IReadOnlyList<Finding> Validate(IEnumerable<(string File, string Procedure)> procedures)
    {
        using var model = ToModel();
        List<Finding> found = [];
        foreach (var (file, procedure) in procedures)
        {
            try
            {
                model.AddOrUpdateObjects(procedure, file, new TSqlObjectOptions());
            }
            catch (DacModelException e)
            {
                // The model keeps every error and repeats the old ones at each later addition: only the first tells something.
                return [.. found, new(file, 1, string.Join(" ", e.Messages.Select(m => m.Message)))];
            }
        }

        foreach (var message in model.Validate())
        {
            var (file, line) = Locate(message.Message);
            found.Add(new(file, line, message.Message));
        }

        return found;
    }

    private void Apply(string file, string text)
    {
        var script = TSqlText.Parse(file, text, findings);
        foreach (var statement in script?.Batches.SelectMany(b => b.Statements) ?? [])
        {
            if (!Apply(file, statement))
            {
                findings.Add(new(file, statement.StartLine, $"The check cannot follow a {statement.GetType().Name}; teach {nameof(TSqlSchema)} or write it otherwise."));
            }
        }
    }

    private bool Apply(string file, TSqlStatement statement)
    {
        switch (statement)
        {
            case CreateTableStatement create:
                Put(file, TSqlText.Name(create.SchemaObjectName), create);
                return true;
            case CreateIndexStatement index:
                Put(file, $"{TSqlText.Name(index.OnName)}.{index.Name.Value}", index);
                return true;
            case CreateViewStatement view:
                Put(file, TSqlText.Name(view.SchemaObjectName), view);
                return true;
            case CreateTriggerStatement trigger:
                Put(file, TSqlText.Name(trigger.Name), trigger);
                return true;
            case DropTableStatement drop:
                return drop.Objects.All(o => RemoveTable(TSqlText.Name(o)));
            case DropIndexStatement drop:
                return drop.DropIndexClauses.OfType<DropIndexClause>().All(c => entries.Remove($"{TSqlText.Name(c.Object)}.{c.Index.Value}"));
            case DropViewStatement drop:
                return drop.Objects.All(o => entries.Remove(TSqlText.Name(o)));
            case DropTriggerStatement drop:
                return drop.Objects.All(o => entries.Remove(TSqlText.Name(o)));
            case AlterTableAddTableElementStatement add:
                return Alter(add, definition =>
                {
                    add.Definition.ColumnDefinitions.ToList().ForEach(definition.ColumnDefinitions.Add);
                    add.Definition.TableConstraints.ToList().ForEach(definition.TableConstraints.Add);
                    return true;
                });
            case AlterTableDropTableElementStatement drop:
                return Alter(drop, definition => drop.AlterTableDropTableElements.All(e => Drop(definition, e)));
            case AlterTableAlterColumnStatement alter:
                return Alter(alter, definition => AlterColumn(definition, alter));
            case InsertStatement or UpdateStatement or DeleteStatement:
                var name = $"{file} statement {++dataStatements}";
                findings.AddRange(Validate([(name, $"CREATE PROCEDURE [{name}] AS\n{TSqlText.Original(statement)}")])
                    .Select(f => new Finding(file, statement.StartLine, f.Message)));
                return true;
            default:
                return false;
        }
    }

    private void Put(string file, string name, TSqlStatement statement) =>
        entries[name] = new(file, statement.StartLine, name, statement, TSqlText.Original(statement));

    private bool RemoveTable(string table)
    {
        foreach (var index in entries.Keys.Where(k => k.StartsWith(table + ".", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            entries.Remove(index);
        }

        return entries.Remove(table);
    }

    private bool Alter(AlterTableStatement statement, Func<TableDefinition, bool> change)
    {
        var name = TSqlText.Name(statement.SchemaObjectName);
        if (!entries.TryGetValue(name, out var entry) || entry.Statement is not CreateTableStatement create || !change(create.Definition))
        {
            return false;
        }

        entries[name] = entry with { Text = TSqlText.Script(create) };
        return true;
    }

    private static bool Drop(TableDefinition definition, AlterTableDropTableElement element) => element.TableElementType switch
    {
        TableElementType.Column => Remove(definition.ColumnDefinitions, c => Same(c.ColumnIdentifier, element.Name.Value)),
        TableElementType.Constraint or TableElementType.NotSpecified =>
            Remove(definition.TableConstraints, c => Same(c.ConstraintIdentifier, element.Name.Value))
            || definition.ColumnDefinitions.Any(column => DropFrom(column, element.Name.Value)),
        _ => false,
    };

    private static bool DropFrom(ColumnDefinition column, string constraint)
    {
        if (Same(column.DefaultConstraint?.ConstraintIdentifier, constraint))
        {
            column.DefaultConstraint = null;
            return true;
        }

        return Remove(column.Constraints, c => Same(c.ConstraintIdentifier, constraint));
    }

    private static bool AlterColumn(TableDefinition definition, AlterTableAlterColumnStatement alter)
    {
        var column = definition.ColumnDefinitions.FirstOrDefault(c => Same(c.ColumnIdentifier, alter.ColumnIdentifier.Value));
        if (column is null || alter.AlterTableAlterColumnOption is not (AlterTableAlterColumnOption.Null or AlterTableAlterColumnOption.NotNull))
        {
            return false; // without NULL or NOT NULL the column silently becomes nullable
        }

        column.DataType = alter.DataType;
        foreach (var old in column.Constraints.OfType<NullableConstraintDefinition>().ToList())
        {
            column.Constraints.Remove(old);
        }

        column.Constraints.Add(new NullableConstraintDefinition { Nullable = alter.AlterTableAlterColumnOption == AlterTableAlterColumnOption.Null });
        return true;
    }

    private static bool Remove<T>(IList<T> list, Func<T, bool> match) where T : class =>
        list.FirstOrDefault(match) is { } found && list.Remove(found);

    private static bool Same(Identifier? identifier, string name) => string.Equals(identifier?.Value, name, StringComparison.OrdinalIgnoreCase);

    // "Error validating element [dbo].[name]: …"; an index is <unnamed>: Index: [dbo].[table].[index]. A procedure is named as its file.
    private (string File, int Line) Locate(string message)
    {
        var match = ElementName().Match(message);
        if (!match.Success)
        {
            return (message, 1);
        }

        var name = match.Groups["name"].Value.Replace("].[", ".", StringComparison.Ordinal);
        var entry = entries.GetValueOrDefault(name) ?? entries.Values.FirstOrDefault(e => TSqlText.All<ConstraintDefinition>(e.Statement)
            .Any(c => Same(c.ConstraintIdentifier, name)));
        return entry is null ? (name, 1) : (entry.File, entry.Line);
    }

    [GeneratedRegex(@"element (<unnamed>: \w+: )?\[dbo\]\.\[(?<name>.*?)\](?=[: ])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ElementName();

    private sealed record Entry(string File, int Line, string Name, TSqlStatement Statement, string Text);
}
