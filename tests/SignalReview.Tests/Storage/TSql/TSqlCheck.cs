using SignalReview.Storage;

namespace SignalReview.Tests.Storage.TSql;

/// <summary>All of db/ for SQL Server, checked without one. Each part can be replaced, so that tests can prove what is found.</summary>
internal static class TSqlCheck
{
    public static TSqlSchema Schema() => TSqlSchema.Follow(
        MigrationScript.Embedded(SqlDialect.SqlServer).Select(m => (File: m.Name, m.Text))
            .Prepend((File: "journal.sql", Text: MigrationScript.Journal(SqlDialect.SqlServer))));

    public static IReadOnlyList<Finding> Queries(TSqlSchema schema, IReadOnlyList<SqlStatement> queries)
    {
        List<Finding> findings = [];
        List<(string File, string Procedure)> procedures = [];
        var guarded = queries.Where(q => TSqlPortability.IsGuarded(q.Text)).Select(q => q.Name).ToList();
        foreach (var query in queries)
        {
            var portability = TSqlPortability.Check(schema, query.File, SqlFileKind.Query, query.Text, guarded);
            findings.AddRange(portability);
            if (TSqlText.Parse(query.File, query.Text, []) is not { } script)
            {
                continue; // its errors are among the findings already
            }

            if (!query.File.EndsWith(".sqlserver.sql", StringComparison.Ordinal) && script.Batches.Sum(b => b.Statements.Count) != 1)
            {
                findings.Add(new(query.File, 1, "One statement a file."));
            }

            var declarations = TSqlParameters.Declare(schema, query.File, script, query.Parameters, findings);
            procedures.Add((query.File, $"CREATE PROCEDURE [{query.File}] {string.Join(", ", declarations)} AS\n{query.Text}"));
        }

        return [.. findings, .. schema.Validate(procedures)];
    }

    public static string Report(IEnumerable<Finding> findings) => string.Join(Environment.NewLine, findings);
}
