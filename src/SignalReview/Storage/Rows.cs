using System.Data.Common;
using System.Globalization;
using Dapper;

namespace SignalReview.Storage;

/// <summary>Turns rows into values: Dapper fills records by column name; a single value is read here, as Dapper knows no text enums.</summary>
internal static class Rows
{
    public static Func<DbDataReader, T> Parser<T>(DbDataReader reader) => Values<T>.Read ?? reader.GetRowParser<T>();

    private static class Values<T>
    {
        public static readonly Func<DbDataReader, T>? Read = DbValues.Reader(Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T)) is { } convert
            ? reader => reader.GetValue(0) switch
            {
                DBNull when default(T) is null => default!,
                DBNull => throw new InvalidOperationException(
                    string.Create(CultureInfo.InvariantCulture, $"The column '{reader.GetName(0)}' is NULL, which is no {typeof(T).Name}.")),
                T value => value,
                var value => (T)convert(value),
            }
            : null;
    }
}
