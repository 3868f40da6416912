using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace SignalReview.Tests.Storage.TSql;

internal static class TSqlText
{
    /// <summary>Parses as SQL Server 2019 would, the oldest version that SignalReview supports.</summary>
    public static TSqlScript? Parse(string file, string text, ICollection<Finding> findings)
    {
        var fragment = new TSql150Parser(initialQuotedIdentifiers: true).Parse(new StringReader(text), out var errors);
        foreach (var error in errors)
        {
            findings.Add(new(file, error.Line, error.Message));
        }

        return errors.Count == 0 ? (TSqlScript)fragment : null;
    }

    public static string Script(TSqlFragment fragment)
    {
        new Sql150ScriptGenerator().GenerateScript(fragment, out var script);
        return script;
    }

    /// <summary>The fragment as it was written.</summary>
    public static string Original(TSqlFragment fragment) =>
        string.Concat(fragment.ScriptTokenStream.Skip(fragment.FirstTokenIndex).Take(fragment.LastTokenIndex - fragment.FirstTokenIndex + 1).Select(t => t.Text));

    public static string Name(SchemaObjectName name) => name.BaseIdentifier.Value.ToLowerInvariant();

    public static string? Last(ColumnReferenceExpression column) => column.MultiPartIdentifier?.Identifiers[^1].Value.ToLowerInvariant();

    public static IReadOnlyList<T> All<T>(TSqlFragment fragment) where T : TSqlFragment
    {
        var collector = new Collector<T>();
        fragment.Accept(collector);
        return collector.Found;
    }

    private sealed class Collector<T> : TSqlFragmentVisitor where T : TSqlFragment
    {
        public List<T> Found { get; } = [];

        public override void Visit(TSqlFragment node)
        {
            if (node is T found)
            {
                Found.Add(found);
            }
        }
    }
}
