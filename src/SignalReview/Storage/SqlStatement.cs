using System.Collections.Concurrent;
using System.Data.Common;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.RegularExpressions;

namespace SignalReview.Storage;

/// <summary>One statement and the parameters that it names. Arguments it does not name are not sent; one that is missing is a bug.</summary>
internal sealed partial class SqlStatement
{
    private readonly ConcurrentDictionary<Type, SqlArgument[]> argumentsByType = new();

    public SqlStatement(string name, string file, string text)
    {
        Name = name;
        File = file;
        Text = text;
        var code = NotCode().Replace(text, " ");
        var declared = Declared().Matches(code).Select(m => m.Groups["name"].Value);
        Writes = Written().Match(code) is { Success: true } written ? written.Groups["table"].Value : null;
        Reads = [.. Read().Matches(code).Select(m => m.Groups["table"].Value).Distinct(StringComparer.OrdinalIgnoreCase)];
        Parameters = [.. Named().Matches(code).Select(m => m.Groups["name"].Value).Distinct(StringComparer.Ordinal).Except(declared, StringComparer.Ordinal)];
    }

    /// <summary>"rooms/cast_vote"</summary>
    public string Name { get; }

    /// <summary>"rooms/cast_vote.sql" or "rooms/cast_vote.sqlserver.sql", relative to db/queries.</summary>
    public string File { get; }

    public string Text { get; }

    /// <summary>Without the @, in the order of their first use.</summary>
    public IReadOnlyList<string> Parameters { get; }

    /// <summary>The table that the statement writes; null for one that reads.</summary>
    public string? Writes { get; }

    /// <summary>The tables that the statement reads from.</summary>
    public IReadOnlyList<string> Reads { get; }

    /// <summary>Makes the parameters of a new command, still without values.</summary>
    internal void Prepare(DbCommand command)
    {
#pragma warning disable CA2100 // the text of a file in db/queries
        command.CommandText = Text;
#pragma warning restore CA2100
        foreach (var name in Parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = "@" + name;
            command.Parameters.Add(parameter);
        }
    }

    /// <summary>Gives the parameters of a prepared command their values.</summary>
    internal void Bind(DbCommand command, object? args)
    {
        if (Parameters.Count == 0)
        {
            return;
        }

        if (args is null)
        {
            throw Missing(Parameters[0], "no arguments were given");
        }

        var arguments = argumentsByType.GetOrAdd(args.GetType(), ArgumentsOf);
        for (var i = 0; i < arguments.Length; i++)
        {
            DbValues.Bind(command.Parameters[i], arguments[i].Type, arguments[i].Read(args));
        }
    }

    private SqlArgument[] ArgumentsOf(Type type) =>
    [
        .. Parameters.Select(name =>
        {
            var property = type.GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase)
                ?? throw Missing(name, $"{type.Name} has no such property");
            return new SqlArgument(property.PropertyType, Getter(type, property));
        }),
    ];

    private static Func<object, object?> Getter(Type type, PropertyInfo property)
    {
        var args = Expression.Parameter(typeof(object));
        var read = Expression.Property(Expression.Convert(args, type), property);
        return Expression.Lambda<Func<object, object?>>(Expression.Convert(read, typeof(object)), args).Compile();
    }

    private InvalidOperationException Missing(string parameter, string why) => new($"The query '{Name}' needs @{parameter}, but {why}.");

    // Comments and text literals may hold an @ that is no parameter.
    [GeneratedRegex(@"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NotCode();

    [GeneratedRegex(@"^\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+(?<table>\w+)", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Written();

    [GeneratedRegex(@"\b(?:FROM|JOIN)\s+(?<table>\w+)", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Read();

    [GeneratedRegex(@"(?<!@)@(?<name>\w+)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Named();

    [GeneratedRegex(@"\bDECLARE\s+@(?<name>\w+)", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Declared();
}

internal sealed record SqlArgument(Type Type, Func<object, object?> Read);
