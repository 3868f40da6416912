using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using SignalReview.Storage;

namespace SignalReview.Tests.Storage;

internal sealed class IdTypesTests
{
    private static readonly Guid Value = Guid.Parse("01a203f6-cf67-7b49-b25e-f062ebed3cd6");

    [Test]
    public void Every_id_of_the_product_can_be_stored()
    {
        var ids = typeof(IdTypes).Assembly.GetTypes().Where(t => t is { IsValueType: true, IsNested: false } && t.Name.EndsWith("Id", StringComparison.Ordinal)
            && t.GetConstructor([typeof(Guid)]) is not null);
        Assert.That(IdTypes.All.Select(i => i.Type), Is.EquivalentTo(ids));
    }

    [Test]
    public void An_id_is_its_Guid_in_both_databases()
    {
        foreach (var id in IdTypes.All)
        {
            var value = id.FromGuid(Value);
            Assert.That(value, Is.TypeOf(id.Type));
            Assert.That(id.ToGuid(value), Is.EqualTo(Value));
            Assert.That(Bound(new SqliteParameter(), id.Type, value), Is.EqualTo(Value.ToString("D")));
            Assert.That(Bound(new SqlParameter(), id.Type, value), Is.EqualTo(Value));
            Assert.That(Bound(new SqlParameter(), typeof(Nullable<>).MakeGenericType(id.Type), null), Is.EqualTo(DBNull.Value));
        }
    }

    private static object? Bound(DbParameter parameter, Type type, object? value)
    {
        DbValues.Bind(parameter, type, value);
        return parameter.Value;
    }
}
