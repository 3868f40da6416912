using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using SignalReview.Trail;
using SignalReview.Trail.Bundles;

namespace SignalReview.Tests.Trail.Bundles;

/// <summary>A bundle taken apart, to be changed and zipped again.</summary>
internal sealed class BundleFiles
{
    public SortedDictionary<string, byte[]> Files { get; } = new(StringComparer.Ordinal);

    public byte[] this[string name]
    {
        get => Files[name];
        set => Files[name] = value;
    }

    public static BundleFiles Open(byte[] zip)
    {
        var files = new BundleFiles();
        using var archive = new ZipArchive(new MemoryStream(zip), ZipArchiveMode.Read);
        foreach (var entry in archive.Entries)
        {
            using var content = new MemoryStream();
            using var stream = entry.Open();
            stream.CopyTo(content);
            files.Files.Add(entry.FullName, content.ToArray());
        }

        return files;
    }

    public string Text(string name) => Encoding.UTF8.GetString(this[name]);

    public string[] Lines(string name) => Text(name).Split('\n')[..^1];

    public BundleFiles SetLines(string name, IEnumerable<string> lines)
    {
        this[name] = Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l + "\n")));
        return this;
    }

    /// <summary>What anybody can do who changes a file: write manifests that fit.</summary>
    public BundleFiles Remanifest()
    {
        this[BundleLayout.Manifest] = Manifest(Files.Where(f => f.Key.StartsWith("data/", StringComparison.Ordinal)));
        this[BundleLayout.TagManifest] = Manifest(
            Files.Where(f => f.Key is BundleLayout.BagIt or BundleLayout.BagInfo or BundleLayout.Manifest));
        return this;
    }

    /// <summary>What only the organisation itself can do: sign for the changed files, as a dishonest one might.</summary>
    public BundleFiles Resign(CheckpointSigner signer)
    {
        Remanifest();
        var text = BundleLayout.SignatureText(signer.Origin, SHA256.HashData(this[BundleLayout.TagManifest]));
        this[BundleLayout.Signature] = Encoding.UTF8.GetBytes(signer.SignText(text));
        return this;
    }

    public byte[] Zip(Action<ZipArchive>? more = null)
    {
        using var output = new MemoryStream();
        using (var archive = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in Files)
            {
                Add(archive, name, content);
            }

            more?.Invoke(archive);
        }

        return output.ToArray();
    }

    public static void Add(ZipArchive archive, string name, byte[] content)
    {
        using var stream = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
        stream.Write(content);
    }

    private static byte[] Manifest(IEnumerable<KeyValuePair<string, byte[]>> files) =>
        Encoding.UTF8.GetBytes(string.Concat(files.Select(f => $"{Convert.ToHexStringLower(SHA256.HashData(f.Value))}  {f.Key}\n")));
}
