using SignalReview.Storage;

namespace SignalReview.Tests.Storage;

internal sealed class MigrationScriptTests
{
    [TestCase("1_first.sql")]
    [TestCase("0001-first.sql")]
    [TestCase("0001_First.sql")]
    public void A_misnamed_script_is_refused(string name) => Assert.Throws<InvalidOperationException>(() => MigrationScript.Parse(name, "SELECT 1"));

    [Test]
    public void Two_scripts_with_one_number_are_refused() =>
        Assert.Throws<InvalidOperationException>(() => MigrationScript.Ordered([MigrationScript.Parse("0001_first.sql", "SELECT 1"), MigrationScript.Parse("0001_other.sql", "SELECT 1")]));

    [Test]
    public void Batches_are_parted_by_lines_with_only_GO()
    {
        var script = MigrationScript.Parse("0001_x.sql", "SELECT 'GO'\r\nGO\r\nSELECT 2 -- GO\n  go  \n\nGO\nSELECT 3");
        Assert.That(script.Batches.Select(b => b.Trim()), Is.EqualTo(new[] { "SELECT 'GO'", "SELECT 2 -- GO", "SELECT 3" }));
    }

    [TestCase(SqlDialect.Sqlite)]
    [TestCase(SqlDialect.SqlServer)]
    public void The_journal_is_no_numbered_script(SqlDialect dialect)
    {
        Assert.That(MigrationScript.Journal(dialect), Does.Contain("CREATE TABLE schema_migrations"));
        Assert.That(MigrationScript.Embedded(dialect).Select(m => m.Name), Has.None.EqualTo("journal.sql"));
    }
}
