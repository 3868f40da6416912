using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace SignalReview.Storage;

/// <summary>One script of db/migrations. Its hash does not depend on the line ends of a checkout.</summary>
internal sealed partial record MigrationScript(int Number, string Name, string Text)
{
    private const string JournalName = "journal.sql";

    public string Sha256 { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text.ReplaceLineEndings("\n"))));

    /// <summary>The parts between lines that hold only GO, the separator of SQL Server's own tools.</summary>
    public IEnumerable<string> Batches => Separator().Split(Text).Where(b => !string.IsNullOrWhiteSpace(b));

    /// <summary>The scripts of one dialect by number.</summary>
    /// <exception cref="InvalidOperationException">A file is named otherwise than NNNN_name.sql, or a number occurs twice.</exception>
    public static IReadOnlyList<MigrationScript> Embedded(SqlDialect dialect) =>
        Ordered(Files(dialect).Where(f => f.Name != JournalName).Select(f => Parse(f.Name, f.Text)));

    /// <summary>The statement that makes the journal of migrations itself.</summary>
    public static string Journal(SqlDialect dialect) => Files(dialect).Single(f => f.Name == JournalName).Text;

    public static MigrationScript Parse(string fileName, string text)
    {
        var match = FileName().Match(fileName);
        return match.Success
            ? new(int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture), fileName, text)
            : throw new InvalidOperationException($"The migration '{fileName}' must be named NNNN_name.sql.");
    }

    public static IReadOnlyList<MigrationScript> Ordered(IEnumerable<MigrationScript> scripts)
    {
        MigrationScript[] ordered = [.. scripts.OrderBy(s => s.Number)];
        foreach (var (first, second) in ordered.Zip(ordered.Skip(1)))
        {
            if (first.Number == second.Number)
            {
                throw new InvalidOperationException($"The migrations '{first.Name}' and '{second.Name}' have the same number.");
            }
        }

        return ordered;
    }

    private static IEnumerable<(string Name, string Text)> Files(SqlDialect dialect)
    {
        var folder = $"migrations/{dialect.ToString().ToLowerInvariant()}/";
        // What lies deeper (grants) is run by an administrator, never by the application itself.
        return EmbeddedText.Read(folder).Select(f => (Name: f.Name[folder.Length..], f.Text)).Where(f => !f.Name.Contains('/', StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^(?<number>\d{4})_[a-z0-9_]+\.sql$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FileName();

    [GeneratedRegex(@"^[ \t]*GO[ \t]*\r?$", RegexOptions.Multiline | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Separator();
}
