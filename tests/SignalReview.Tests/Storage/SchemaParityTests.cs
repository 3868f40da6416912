using Microsoft.Data.Sqlite;
using Microsoft.SqlServer.Dac.Model;
using SignalReview.Storage;
using SignalReview.Tests.Storage.TSql;

namespace SignalReview.Tests.Storage;

/// <summary>Both dialects make the same tables: columns, kinds, nullability, keys and what must be unique.</summary>
internal sealed class SchemaParityTests
{
    [Test]
    public void Migrations_come_in_pairs()
    {
        var sqlite = MigrationScript.Embedded(SqlDialect.Sqlite).Select(m => m.Name);
        var sqlServer = MigrationScript.Embedded(SqlDialect.SqlServer).Select(m => m.Name);
        Assert.That(sqlServer, Is.EqualTo(sqlite).And.Not.Empty);
    }

    [Test]
    public async Task Both_dialects_make_the_same_tables()
    {
        await using var test = await TestDatabase.SqliteAsync();
        var sqlite = await DescribeSqliteAsync(Path.Combine(test.Folder, "signalreview.db"));
        using var model = TSqlCheck.Schema().ToModel();
        var sqlServer = DescribeSqlServer(model);
        Assert.That(sqlite, Has.Count.GreaterThan(1));
        Assert.That(sqlServer, Is.EquivalentTo(sqlite));
    }

    // "cases.seq number not null", "cases key case_id", "cases unique a, b", "cases.owner_id → people.person_id"
    private static async Task<List<string>> DescribeSqliteAsync(string path)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        await connection.OpenAsync();
        List<string> facts =
        [
            .. await ReadAsync(connection, """
                SELECT t.name || '.' || c.name || ' ' || c.type || CASE WHEN c."notnull" = 1 OR c.pk > 0 THEN ' not null' ELSE ' null' END
                FROM pragma_table_list t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'
                """),
            .. await ReadAsync(connection, """
                SELECT t.name || ' key ' || (SELECT group_concat(name, ', ') FROM (SELECT name FROM pragma_table_info(t.name) WHERE pk > 0 ORDER BY pk))
                FROM pragma_table_list t WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'
                """),
            .. await ReadAsync(connection, """
                SELECT t.name || ' unique ' || (SELECT group_concat(name, ', ') FROM (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno))
                    || CASE WHEN i.partial = 1 THEN ' where' ELSE '' END
                FROM pragma_table_list t JOIN pragma_index_list(t.name) i WHERE t.type = 'table' AND i."unique" = 1 AND i.origin <> 'pk'
                """),
            .. await ReadAsync(connection, """
                SELECT t.name || ' index ' || (SELECT group_concat(name, ', ') FROM (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno))
                FROM pragma_table_list t JOIN pragma_index_list(t.name) i WHERE t.type = 'table' AND i."unique" = 0
                """),
            .. await ReadAsync(connection, """
                SELECT t.name || '.' || f."from" || ' → ' || f."table" || '.' || f."to"
                FROM pragma_table_list t JOIN pragma_foreign_key_list(t.name) f WHERE t.type = 'table'
                """),
        ];
        return [.. facts.Select(f => f.Replace(" TEXT ", " text ", StringComparison.Ordinal).Replace(" INTEGER ", " number ", StringComparison.Ordinal)
            .Replace(" REAL ", " number ", StringComparison.Ordinal).Replace(" BLOB ", " bytes ", StringComparison.Ordinal))];
    }

    private static async Task<List<string>> ReadAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the statements above
        command.CommandText = sql;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        List<string> rows = [];
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    private static List<string> DescribeSqlServer(TSqlModel model) =>
    [
        .. Objects(model, Table.TypeClass).SelectMany(t => t.GetReferenced(Table.Columns).Select(c =>
            $"{Last(t)}.{Last(c)} {Kind(c)} {(c.GetProperty<bool>(Column.Nullable) ? "null" : "not null")}")),
        .. Objects(model, PrimaryKeyConstraint.TypeClass).Select(k =>
            $"{Last(k.GetReferenced(PrimaryKeyConstraint.Host).Single())} key {Names(k.GetReferenced(PrimaryKeyConstraint.Columns))}"),
        .. Objects(model, UniqueConstraint.TypeClass).Select(u =>
            $"{Last(u.GetReferenced(UniqueConstraint.Host).Single())} unique {Names(u.GetReferenced(UniqueConstraint.Columns))}"),
        .. Objects(model, Microsoft.SqlServer.Dac.Model.Index.TypeClass).Select(DescribeIndex),
        .. Objects(model, ForeignKeyConstraint.TypeClass).SelectMany(f => f.GetReferenced(ForeignKeyConstraint.Columns)
            .Zip(f.GetReferenced(ForeignKeyConstraint.ForeignColumns), (from, to) => $"{Owner(from)}.{Last(from)} → {Owner(to)}.{Last(to)}")),
    ];

    private static string DescribeIndex(TSqlObject index)
    {
        var table = Last(index.GetReferenced(Microsoft.SqlServer.Dac.Model.Index.IndexedObject).Single());
        var unique = index.GetProperty<bool>(Microsoft.SqlServer.Dac.Model.Index.Unique);
        var filtered = index.GetProperty(Microsoft.SqlServer.Dac.Model.Index.FilterPredicate) is not null;
        var columns = Names(index.GetReferenced(Microsoft.SqlServer.Dac.Model.Index.Columns));
        return unique ? $"{table} unique {columns}{(filtered ? " where" : "")}" : $"{table} index {columns}";
    }

    // SQLite knows four kinds; Guids, times and dates are text there.
    private static string Kind(TSqlObject column)
    {
        var type = column.GetReferenced(Column.DataType).Single();
        return type.GetProperty<SqlDataType>(DataType.SqlDataType) switch
        {
            SqlDataType.UniqueIdentifier or SqlDataType.Char or SqlDataType.VarChar or SqlDataType.NChar or SqlDataType.NVarChar or SqlDataType.DateTime2 or SqlDataType.Date => "text",
            SqlDataType.Bit or SqlDataType.TinyInt or SqlDataType.SmallInt or SqlDataType.Int or SqlDataType.BigInt or SqlDataType.Float => "number",
            SqlDataType.Binary or SqlDataType.VarBinary => "bytes",
            var other => other.ToString(),
        };
    }

    private static IEnumerable<TSqlObject> Objects(TSqlModel model, ModelTypeClass type) => model.GetObjects(DacQueryScopes.UserDefined, type);

    private static string Names(IEnumerable<TSqlObject> columns) => string.Join(", ", columns.Select(Last));

    private static string Last(TSqlObject item) => item.Name.Parts[^1];

    private static string Owner(TSqlObject column) => column.Name.Parts[^2];
}
