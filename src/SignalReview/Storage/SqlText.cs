using System.Collections.Frozen;
using System.Reflection;

namespace SignalReview.Storage;

/// <summary>
/// The statements of <c>db/queries</c> by name ("rooms/cast_vote"), embedded in the assembly. SQL Server takes the twin
/// <c>name.sqlserver.sql</c> where there is one; SQLite always takes <c>name.sql</c>.
/// </summary>
internal sealed class SqlText
{
    private const string Folder = "queries/";
    private const string Extension = ".sql";
    private const string TwinExtension = ".sqlserver.sql";

    private readonly FrozenDictionary<string, SqlStatement> statements;

    private SqlText(SqlDialect dialect, IEnumerable<KeyValuePair<string, string>> files)
    {
        Dialect = dialect;
        var found = new Dictionary<string, SqlStatement>(StringComparer.Ordinal);
        // Twins sort after the common file of the same name, so that they replace it.
        foreach (var (file, text) in files.OrderBy(f => f.Key.EndsWith(TwinExtension, StringComparison.Ordinal)))
        {
            var twin = file.EndsWith(TwinExtension, StringComparison.Ordinal);
            if (twin && dialect != SqlDialect.SqlServer)
            {
                continue;
            }

            var name = file[..^(twin ? TwinExtension : Extension).Length];
            found[name] = new SqlStatement(name, file, text);
        }

        statements = found.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public SqlDialect Dialect { get; }

    public IEnumerable<SqlStatement> All => statements.Values;

    public static SqlText Embedded(SqlDialect dialect) => new(dialect, EmbeddedFiles());

    /// <summary>The embedded statements, and others beside; <paramref name="files"/> maps "slice/name.sql" to its text.</summary>
    public static SqlText EmbeddedAnd(SqlDialect dialect, IEnumerable<KeyValuePair<string, string>> files) =>
        new(dialect, EmbeddedFiles().Concat(files));

    public SqlStatement Find(string name) =>
        statements.TryGetValue(name, out var statement)
            ? statement
            : throw new ArgumentException($"There is no query '{name}' in db/queries{Nearest(name)}", nameof(name));

    private static IEnumerable<KeyValuePair<string, string>> EmbeddedFiles() =>
        EmbeddedText.Read(Folder).Select(f => KeyValuePair.Create(f.Name[Folder.Length..], f.Text));

    private string Nearest(string name)
    {
        var nearest = statements.Keys.MinBy(k => Distance(k, name));
        return nearest is null ? "." : $"; the nearest is '{nearest}'.";
    }

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}

/// <summary>Text files embedded in this assembly under a logical folder; separators are always <c>/</c>.</summary>
internal static class EmbeddedText
{
    public static IEnumerable<(string Name, string Text)> Read(string folder)
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var resource in assembly.GetManifestResourceNames())
        {
            // MSBuild writes the separator of the machine that built it.
            var name = resource.Replace('\\', '/');
            if (name.StartsWith(folder, StringComparison.Ordinal))
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
                yield return (name, reader.ReadToEnd().ReplaceLineEndings("\n"));
            }
        }
    }
}
