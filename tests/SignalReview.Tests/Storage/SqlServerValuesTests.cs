using System.Data;
using Microsoft.Data.SqlClient;
using SignalReview.Storage;

namespace SignalReview.Tests.Storage;

/// <summary>What SqlClient is told, as far as that shows without a server.</summary>
internal sealed class SqlServerValuesTests
{
    [Test]
    public void A_null_keeps_the_type_of_its_property()
    {
        Assert.That(Bound<byte[]?>(null).SqlDbType, Is.EqualTo(SqlDbType.VarBinary));
        Assert.That(Bound<Guid?>(null).SqlDbType, Is.EqualTo(SqlDbType.UniqueIdentifier));
        Assert.That(Bound<DateTimeOffset?>(null).SqlDbType, Is.EqualTo(SqlDbType.DateTime2));
        Assert.That(Bound<DateOnly?>(null).SqlDbType, Is.EqualTo(SqlDbType.Date));
        Assert.That(Bound<int?>(null).Value, Is.EqualTo(DBNull.Value));
    }

    [Test]
    public void A_time_goes_in_UTC_with_six_digits()
    {
        var parameter = Bound(new DateTimeOffset(2026, 7, 1, 0, 30, 0, TimeSpan.FromHours(2)).AddTicks(19));
        Assert.That(parameter.Scale, Is.EqualTo(6));
        Assert.That(parameter.Value, Is.EqualTo(new DateTime(2026, 6, 30, 22, 30, 0, DateTimeKind.Unspecified).AddTicks(10)));
    }

    [TestCase(5, 4000)]
    [TestCase(4000, 4000)]
    [TestCase(4001, -1)]
    public void Texts_of_all_lengths_share_a_plan(int length, int size) => Assert.That(Bound(new string('x', length)).Size, Is.EqualTo(size));

    [Test]
    public void An_enum_is_plain_text()
    {
        var parameter = Bound(DayOfWeek.Monday);
        Assert.That((parameter.SqlDbType, parameter.Value), Is.EqualTo((SqlDbType.VarChar, (object)"monday")));
    }

    private static SqlParameter Bound<T>(T value)
    {
        var parameter = new SqlParameter();
        DbValues.Bind(parameter, typeof(T), value);
        return parameter;
    }
}
