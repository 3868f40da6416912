using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using SignalReview.Workflow;

namespace SignalReview.Rooms.Methods;

/// <summary>The templates from which new cases copy theirs. An invalid one stops start-up, as an invalid workflow definition does.</summary>
internal sealed class MethodLibrary
{
    /// <summary>Beside the workflow definitions.</summary>
    public const string Folder = "methods";

    private const string ResourceFolder = "workflows/methods/";

    /// <summary>By the hash of its text: a copy on a case is read once a process, and a text with a hash never changes.</summary>
    private static readonly ConcurrentDictionary<string, RoomMethod> Copies = new(StringComparer.Ordinal);

    private MethodLibrary(ImmutableArray<RoomMethod> methods) => All = methods;

    public ImmutableArray<RoomMethod> All { get; }

    public RoomMethod? Find(string id) => All.FirstOrDefault(m => m.Id == id);

    /// <summary>The templates that come with the product.</summary>
    /// <exception cref="InvalidDefinitionsException">At least one is invalid.</exception>
    public static MethodLibrary Shipped() => Of(Check(ShippedFiles()));

    /// <summary>Those beside the definitions of a folder; the shipped ones where that has none.</summary>
    /// <param name="folder">Of the workflow definitions.</param>
    /// <exception cref="InvalidDefinitionsException">At least one is invalid.</exception>
    public static MethodLibrary Beside(string folder) => Of(CheckBeside(folder));

    /// <summary>Checks what <see cref="Beside"/> would take.</summary>
    public static (ImmutableArray<RoomMethod> Methods, ImmutableArray<DefinitionProblem> Problems) CheckBeside(string folder)
    {
        var methods = Path.Combine(folder, Folder);
        return Check(Directory.Exists(methods) ? Files(methods) : ShippedFiles());
    }

    public static (ImmutableArray<RoomMethod> Methods, ImmutableArray<DefinitionProblem> Problems) Check(IEnumerable<(string File, byte[] Bytes)> files)
    {
        var methods = ImmutableArray.CreateBuilder<RoomMethod>();
        var problems = ImmutableArray.CreateBuilder<DefinitionProblem>();
        foreach (var (file, bytes) in files)
        {
            var (method, refused) = MethodReader.Read(file, bytes);
            problems.AddRange(refused);
            if (method is not null && methods.Any(m => m.Id == method.Id))
            {
                problems.Add(new(file, "id", $"another file has the id '{method.Id}' too", "give each method an id of its own, or remove the copy"));
            }
            else if (method is not null)
            {
                methods.Add(method);
            }
        }

        return (methods.ToImmutable(), problems.ToImmutable());
    }

    /// <summary>The copy that a case carries.</summary>
    /// <param name="sha256">Of its text.</param>
    /// <param name="json">As the template was when the case began.</param>
    /// <exception cref="InvalidDefinitionsException">A text that this version of the product cannot run.</exception>
    public static RoomMethod Copy(string sha256, string json)
    {
        if (Copies.TryGetValue(sha256, out var known))
        {
            return known;
        }

        var (method, problems) = MethodReader.Read(sha256, Encoding.UTF8.GetBytes(json));
        return Copies.GetOrAdd(sha256, method ?? throw new InvalidDefinitionsException(problems));
    }

    private static MethodLibrary Of((ImmutableArray<RoomMethod> Methods, ImmutableArray<DefinitionProblem> Problems) read) =>
        read.Problems.IsEmpty ? new(read.Methods) : throw new InvalidDefinitionsException(read.Problems);

    private static IEnumerable<(string File, byte[] Bytes)> Files(string folder) =>
        Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(f => ($"{Folder}/{Path.GetFileName(f)}", File.ReadAllBytes(f)));

    private static IEnumerable<(string File, byte[] Bytes)> ShippedFiles()
    {
        var assembly = typeof(MethodLibrary).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(ResourceFolder, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            yield return ($"{Folder}/{name[ResourceFolder.Length..]}", bytes.ToArray());
        }
    }
}
