using SignalReview.Storage;

namespace SignalReview.Tests.Storage.TSql;

/// <summary>What stands in db/ is T-SQL that a SQL Server would take, over the schema that the migrations make.</summary>
internal sealed class TSqlTests
{
    private static readonly Lazy<TSqlSchema> Schema = new(TSqlCheck.Schema);

    [Test]
    public void Migrations_make_a_valid_schema()
    {
        var schema = Schema.Value;
        Assert.That(schema.Tables.Count(), Is.GreaterThan(1));
        Assert.That(TSqlCheck.Report([.. schema.Findings, .. schema.Validate([])]), Is.Empty);
    }

    [Test]
    public void Migrations_are_portable()
    {
        var findings = MigrationScript.Embedded(SqlDialect.SqlServer)
            .SelectMany(m => TSqlPortability.Check(Schema.Value, m.Name, SqlFileKind.Migration, m.Text, []));
        Assert.That(TSqlCheck.Report(findings), Is.Empty);
    }

    [Test]
    public void Queries_are_portable_and_name_what_exists()
    {
        SqlStatement[] queries = [.. SqlText.Embedded(SqlDialect.SqlServer).All];
        Assert.That(queries, Is.Not.Empty);
        Assert.That(TSqlCheck.Report(TSqlCheck.Queries(Schema.Value, queries)), Is.Empty);
    }

    [Test]
    public void Grants_parse_and_name_tables_that_exist()
    {
        foreach (var path in Directory.EnumerateFiles(Path.Combine(Repository.Root, "db", "grants"), "*.sql"))
        {
            var text = File.ReadAllText(path);
            List<Finding> findings = [.. TSqlPortability.Check(Schema.Value, Path.GetFileName(path), SqlFileKind.Grants, text, [])];
            var script = TSqlText.Parse(Path.GetFileName(path), text, findings);
            var targets = script is null ? [] : TSqlText.All<Microsoft.SqlServer.TransactSql.ScriptDom.SecurityTargetObject>(script);
            Assert.That(TSqlCheck.Report(findings), Is.Empty);
            Assert.That(targets.Select(t => t.ObjectName.MultiPartIdentifier.Identifiers[^1].Value), Is.Not.Empty.And.SubsetOf(Schema.Value.Tables));
        }
    }
}
