using Microsoft.Extensions.Configuration;

namespace SignalReview.Storage;

/// <summary>The one folder that holds everything SignalReview keeps on disk: the embedded database and the keys.</summary>
internal sealed class DataFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private DataFolder(string path) => FullPath = path;

    public string FullPath { get; }

    public string DatabaseFile => Path.Combine(FullPath, "signalreview.db");

    /// <summary>Keys lie outside the database, so that a copy of the database alone opens nothing. Created on first use.</summary>
    public string KeysFolder => Create(Path.Combine(FullPath, "keys"));

    /// <summary>
    /// <c>--data</c>, else the environment's <c>SIGNALREVIEW_DATA</c>, else <c>data</c> in the content root. Created for its owner only.
    /// </summary>
    public static DataFolder From(IConfiguration configuration, string contentRoot) =>
        At(Given(configuration["data"]) ?? Given(configuration["SIGNALREVIEW_DATA"]) ?? Path.Combine(contentRoot, "data"));

    public static DataFolder At(string path) => new(Create(Path.GetFullPath(path)));

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;

    private static string Create(string path)
    {
        // The rights of a folder that is already there are its administrator's choice. On Windows those of the parent are inherited.
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else if (!Directory.Exists(path))
        {
            Directory.CreateDirectory(path, OwnerOnly);
        }

        return path;
    }
}
