using System.Data;
using System.Data.Common;
using System.Globalization;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace SignalReview.Storage;

/// <summary>
/// How values look in each database. SQLite: Guids and times as text (lower case; UTC, six digits, so that text order is time order),
/// SQL Server: uniqueidentifier, datetime2(6), date. Both: enums as camelCase text, ids as their Guid.
/// </summary>
internal static class DbValues
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";
    private const string DateFormat = "yyyy-MM-dd";
    private const int LongestInlineText = 4000;
    private const int LongestInlineBytes = 8000;

    /// <param name="parameter">The parameter to fill.</param>
    /// <param name="type">The declared type, which gives a null its type; <c>object</c> takes the value's own.</param>
    /// <param name="value">The value; null is the database's NULL.</param>
    public static void Bind(DbParameter parameter, Type type, object? value)
    {
        type = Nullable.GetUnderlyingType(type) ?? (type == typeof(object) && value is not null ? value.GetType() : type);
        if (IdTypes.TryFind(type, out var id))
        {
            type = typeof(Guid);
            value = value is null ? null : id.ToGuid(value);
        }
        else if (type.IsEnum)
        {
            BindEnum(parameter, value is null ? null : Enums.TextOf(type, value));
            return;
        }

        switch (parameter)
        {
            case SqliteParameter sqlite:
                sqlite.Value = ForSqlite(type, value);
                break;
            case SqlParameter sqlServer:
                BindSqlServer(sqlServer, type, value);
                break;
            default:
                throw new NotSupportedException($"{parameter.GetType().Name} is of no database that SignalReview knows.");
        }
    }

    /// <summary>How a single column of this type is read; null when the type is not a single value but a row.</summary>
    public static Func<object, object>? Reader(Type type)
    {
        if (IdTypes.TryFind(type, out var id))
        {
            return value => id.FromGuid(Guid(value));
        }

        return type switch
        {
            { IsEnum: true } => value => Enums.ParseAs(type, (string)value),
            _ when type == typeof(Guid) => value => Guid(value),
            _ when type == typeof(DateTimeOffset) => value => Time(value),
            _ when type == typeof(DateOnly) => value => Date(value),
            _ when IsKnown(type) => value => Convert.ChangeType(value, type, CultureInfo.InvariantCulture),
            _ => null,
        };
    }

    /// <summary>A value as SQLite stores it, whichever database it comes from: text, a whole number, bytes or null.</summary>
    public static object? Stored(DbDataReader reader, int column) => reader.GetValue(column) switch
    {
        DBNull => null,
        System.Guid guid => guid.ToString("D"),
        DateTime date when reader.GetDataTypeName(column) == "date" => date.ToString(DateFormat, CultureInfo.InvariantCulture),
        DateTime time => TimeText(Time(time)),
        bool flag => flag ? 1L : 0L,
        int number => (long)number,
        short number => (long)number,
        byte number => (long)number,
        var value => value,
    };

    public static string TimeText(DateTimeOffset time) => time.ToUniversalTime().ToString(TimeFormat, CultureInfo.InvariantCulture);

    public static DateTimeOffset Time(object value) => value switch
    {
        string text => TimeOf(text),
        DateTime time => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)),
        DateTimeOffset time => time.ToUniversalTime(),
        _ => throw Unreadable(value, "a time"),
    };

    public static DateOnly Date(object value) => value switch
    {
        string text => DateOnly.ParseExact(text, DateFormat, CultureInfo.InvariantCulture),
        DateTime time => DateOnly.FromDateTime(time),
        DateOnly date => date,
        _ => throw Unreadable(value, "a date"),
    };

    public static Guid Guid(object value) => value switch
    {
        string text => System.Guid.ParseExact(text, "D"),
        Guid guid => guid,
        _ => throw Unreadable(value, "a Guid"),
    };

    /// <summary>
    /// By the places of <see cref="TimeFormat"/>, which is all that is ever stored: a large room's rows hold a thousand times, and reading the
    /// format anew for each is most of the work. Anything else is left to the format, which refuses it.
    /// </summary>
    private static DateTimeOffset TimeOf(string text)
    {
        var t = text.AsSpan();
        return t is [_, _, _, _, '-', _, _, '-', _, _, 'T', _, _, ':', _, _, ':', _, _, '.', _, _, _, _, _, _, 'Z']
            && Digits(t[..4]) is var year and > 0
            && Digits(t[5..7]) is var month and > 0 and <= 12
            && Digits(t[8..10]) is var day and > 0
            && day <= DateTime.DaysInMonth(year, month)
            && Digits(t[11..13]) is var hour and >= 0 and < 24
            && Digits(t[14..16]) is var minute and >= 0 and < 60
            && Digits(t[17..19]) is var second and >= 0 and < 60
            && Digits(t[20..26]) is var micro and >= 0
            ? new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero).AddTicks(micro * TimeSpan.TicksPerMicrosecond)
            : DateTimeOffset.ParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
    }

    /// <returns>Negative when one is no digit.</returns>
    private static int Digits(ReadOnlySpan<char> text)
    {
        var number = 0;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c))
            {
                return -1;
            }

            number = (number * 10) + (c - '0');
        }

        return number;
    }

    private static object ForSqlite(Type type, object? value) => value switch
    {
        null when IsKnown(type) => DBNull.Value,
        Guid guid => guid.ToString("D"),
        DateTimeOffset time => TimeText(time),
        DateOnly date => date.ToString(DateFormat, CultureInfo.InvariantCulture),
        not null when IsKnown(type) => value,
        _ => throw Unknown(type),
    };

    private static void BindSqlServer(SqlParameter parameter, Type type, object? value)
    {
        if (!IsKnown(type))
        {
            throw Unknown(type);
        }

        parameter.SqlDbType = SqlServerType(type);
        parameter.Value = value switch
        {
            null => DBNull.Value,
            DateTimeOffset time => new DateTime(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Unspecified),
            DateOnly date => date.ToDateTime(TimeOnly.MinValue),
            _ => value,
        };
        // One size for all short values: SQL Server keeps one plan for a statement, not one a length.
        switch (parameter.SqlDbType)
        {
            case SqlDbType.NVarChar:
                parameter.Size = value is string { Length: > LongestInlineText } ? -1 : LongestInlineText;
                break;
            case SqlDbType.VarBinary:
                parameter.Size = value is byte[] { Length: > LongestInlineBytes } ? -1 : LongestInlineBytes;
                break;
            case SqlDbType.DateTime2:
                parameter.Scale = 6;
                break;
        }
    }

    private static void BindEnum(DbParameter parameter, string? text)
    {
        if (parameter is SqlParameter sqlServer)
        {
            // Plain varchar: a member's name is ASCII, and an nvarchar argument keeps SQL Server from seeking in a varchar index.
            sqlServer.SqlDbType = SqlDbType.VarChar;
            sqlServer.Size = 100;
        }

        parameter.Value = (object?)text ?? DBNull.Value;
    }

    private static bool IsKnown(Type type) =>
        type == typeof(Guid) || type == typeof(DateTimeOffset) || type == typeof(DateOnly) || type == typeof(byte[]) || Type.GetTypeCode(type) is
            TypeCode.String or TypeCode.Boolean or TypeCode.Byte or TypeCode.Int16 or TypeCode.Int32 or TypeCode.Int64 or TypeCode.Double;

    private static SqlDbType SqlServerType(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.String => SqlDbType.NVarChar,
        TypeCode.Boolean => SqlDbType.Bit,
        TypeCode.Byte => SqlDbType.TinyInt,
        TypeCode.Int16 => SqlDbType.SmallInt,
        TypeCode.Int32 => SqlDbType.Int,
        TypeCode.Int64 => SqlDbType.BigInt,
        TypeCode.Double => SqlDbType.Float,
        _ when type == typeof(Guid) => SqlDbType.UniqueIdentifier,
        _ when type == typeof(DateTimeOffset) => SqlDbType.DateTime2,
        _ when type == typeof(DateOnly) => SqlDbType.Date,
        _ when type == typeof(byte[]) => SqlDbType.VarBinary,
        _ => throw Unknown(type),
    };

    private static NotSupportedException Unknown(Type type) =>
        new($"{type.Name} has no form in the database. An id of a new kind is registered in Storage/IdTypes.cs.");

    private static InvalidCastException Unreadable(object value, string wanted) => new($"The database gave a {value.GetType().Name} for {wanted}.");
}
