using System.Data;
using System.Data.Common;
using Dapper;

namespace SignalReview.Storage;

/// <summary>Teaches Dapper, once a process, how columns become values. Writing goes through <see cref="DbValues.Bind"/>.</summary>
internal static class TypeHandlers
{
    private static readonly Lazy<bool> Registered = new(Register);

    public static void Ensure() => _ = Registered.Value;

    private static bool Register()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        // Dapper has its own idea of these types and asks a handler only after that is taken away.
        foreach (var type in (Type[])[typeof(Guid), typeof(Guid?), typeof(DateTimeOffset), typeof(DateTimeOffset?), typeof(DateOnly), typeof(DateOnly?)])
        {
            SqlMapper.RemoveTypeMap(type);
        }

        SqlMapper.AddTypeHandler(typeof(Guid), new GuidHandler());
        SqlMapper.AddTypeHandler(typeof(DateTimeOffset), new TimeHandler());
        SqlMapper.AddTypeHandler(typeof(DateOnly), new DateHandler());
        foreach (var id in IdTypes.All)
        {
            id.AddHandler();
        }

        return true;
    }
}

internal abstract class ValueHandler<T>(Func<object, T> parse) : SqlMapper.ITypeHandler where T : struct
{
    // A single column of a nullable type comes here with its NULL; a NULL for a T that cannot be null then fails in Dapper's cast.
    public object? Parse(Type destinationType, object value) => value is DBNull ? null : parse(value);

    public void SetValue(IDbDataParameter parameter, object value) => DbValues.Bind((DbParameter)parameter, typeof(T), value is DBNull ? null : value);
}

internal sealed class GuidHandler() : ValueHandler<Guid>(DbValues.Guid);

internal sealed class TimeHandler() : ValueHandler<DateTimeOffset>(DbValues.Time);

internal sealed class DateHandler() : ValueHandler<DateOnly>(DbValues.Date);

internal sealed class IdHandler<T>(Func<Guid, T> fromGuid) : ValueHandler<T>(value => fromGuid(DbValues.Guid(value))) where T : struct;
