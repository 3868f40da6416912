using System.Collections.Frozen;
using System.Collections.Immutable;

namespace SignalReview.Workflow;

/// <summary>The definitions with which new cases start. An invalid one stops start-up: a case must never find out.</summary>
internal sealed class DefinitionLibrary
{
    public const string CollegialConsultation = "collegial-consultation";
    public const string QuickReading = "quick-reading";
    public const string Urgent = "urgent";

    private const string ResourceFolder = "workflows/";

    private readonly FrozenDictionary<string, WorkflowDefinition> byName;

    private DefinitionLibrary(IEnumerable<WorkflowDefinition> definitions) =>
        byName = definitions.ToFrozenDictionary(d => d.DefinitionId, StringComparer.Ordinal);

    public IEnumerable<WorkflowDefinition> All => byName.Values.OrderBy(d => d.DefinitionId, StringComparer.Ordinal);

    /// <param name="name">The <c>definitionId</c>.</param>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public WorkflowDefinition this[string name] => byName[name];

    public WorkflowDefinition? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>The definitions that come with the product.</summary>
    /// <exception cref="InvalidDefinitionsException">At least one is invalid.</exception>
    public static DefinitionLibrary Shipped()
    {
        var assembly = typeof(DefinitionLibrary).Assembly;
        return Load(assembly.GetManifestResourceNames().Where(n => n.StartsWith(ResourceFolder, StringComparison.Ordinal)).Select(name =>
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return (name[ResourceFolder.Length..], bytes.ToArray());
        }));
    }

    /// <summary>The definitions of a folder instead of the shipped ones.</summary>
    /// <exception cref="InvalidDefinitionsException">At least one is invalid, or one that the product starts is missing.</exception>
    public static DefinitionLibrary FromFolder(string folder) => Load(Files(folder));

    /// <summary>Checks a file, or every definition of a folder together.</summary>
    /// <exception cref="IOException">The path is not there or cannot be read.</exception>
    public static (ImmutableArray<WorkflowDefinition> Definitions, ImmutableArray<DefinitionProblem> Problems) Check(string path) =>
        Directory.Exists(path) ? Check(Files(path)) : Check([(Path.GetFileName(path), File.ReadAllBytes(path))]);

    private static IEnumerable<(string File, byte[] Bytes)> Files(string folder) =>
        Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(f => (Path.GetFileName(f), File.ReadAllBytes(f)));

    private static DefinitionLibrary Load(IEnumerable<(string File, byte[] Bytes)> files)
    {
        var (definitions, problems) = Check(files);
        string[] needed = [CollegialConsultation, QuickReading, Urgent];
        var missing = problems.IsEmpty ? needed.Except(definitions.Select(d => d.DefinitionId), StringComparer.Ordinal) : [];
        problems = [.. problems, .. missing.Select(m => new DefinitionProblem($"{m}.json", DefinitionProblem.Head, $"the definition '{m}' is missing", $"put the file back; its definitionId must be '{m}'"))];
        return problems.IsEmpty ? new(definitions) : throw new InvalidDefinitionsException(problems);
    }

    private static (ImmutableArray<WorkflowDefinition> Definitions, ImmutableArray<DefinitionProblem> Problems) Check(IEnumerable<(string File, byte[] Bytes)> files)
    {
        var definitions = ImmutableArray.CreateBuilder<WorkflowDefinition>();
        var problems = ImmutableArray.CreateBuilder<DefinitionProblem>();
        foreach (var (file, bytes) in files)
        {
            var (definition, refused) = DefinitionReader.Read(file, bytes);
            problems.AddRange(refused);
            if (definition is null)
            {
                continue;
            }

            if (definitions.Any(d => d.DefinitionId == definition.DefinitionId || d.Id == definition.Id))
            {
                problems.Add(new(file, DefinitionProblem.Head, $"another file has the id '{definition.Id}' or the definitionId '{definition.DefinitionId}' too", "give each file a definitionId of its own, or remove the copy"));
            }

            definitions.Add(definition);
        }

        return (definitions.ToImmutable(), problems.ToImmutable());
    }
}

/// <summary>Stops start-up and names every problem of every file.</summary>
internal sealed class InvalidDefinitionsException(ImmutableArray<DefinitionProblem> problems)
    : Exception($"The workflow definitions are invalid:{Environment.NewLine}{string.Join(Environment.NewLine, problems)}")
{
    public ImmutableArray<DefinitionProblem> Problems => problems;
}
