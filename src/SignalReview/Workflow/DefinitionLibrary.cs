using System.Collections.Frozen;
using System.Collections.Immutable;
using SignalReview.Rooms.Methods;

namespace SignalReview.Workflow;

/// <summary>The definitions with which new cases start. An invalid one stops start-up: a case must never find out.</summary>
internal sealed class DefinitionLibrary
{
    public const string CollegialConsultation = "collegial-consultation";
    public const string QuickReading = "quick-reading";
    public const string Urgent = "urgent";

    private const string ResourceFolder = "workflows/";

    private readonly FrozenDictionary<string, WorkflowDefinition> byName;

    private DefinitionLibrary(IEnumerable<WorkflowDefinition> definitions, MethodLibrary methods)
    {
        byName = definitions.ToFrozenDictionary(d => d.DefinitionId, StringComparer.Ordinal);
        Methods = methods;
    }

    /// <summary>The templates that the definitions' rooms name.</summary>
    public MethodLibrary Methods { get; }

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
        var names = assembly.GetManifestResourceNames().Where(n => n.StartsWith(ResourceFolder, StringComparison.Ordinal) && n.LastIndexOf('/') < ResourceFolder.Length);
        return Load(names.Select(name =>
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return (name[ResourceFolder.Length..], bytes.ToArray());
        }), MethodLibrary.Shipped());
    }

    /// <summary>The definitions of a folder instead of the shipped ones.</summary>
    /// <exception cref="InvalidDefinitionsException">At least one is invalid, or one that the product starts is missing.</exception>
    public static DefinitionLibrary FromFolder(string folder) => Load(Files(folder), MethodLibrary.Beside(folder));

    /// <summary>Checks a file, or every definition of a folder together; and the templates of methods, which are in the folder "methods" there.</summary>
    /// <exception cref="IOException">The path is not there or cannot be read.</exception>
    public static CheckedDefinitions Check(string path)
    {
        var files = Directory.Exists(path) ? Files(path).ToList() : [(Path.GetFileName(path), File.ReadAllBytes(path))];
        var templates = files.Where(f => MethodReader.LooksLikeOne(f.Bytes)).ToList();
        if (templates.Count == files.Count && files.Count > 0)
        {
            var (only, wrong) = MethodLibrary.Check(templates);
            return new([], only, wrong);
        }

        var folder = Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path))!;
        var (methods, refused) = MethodLibrary.CheckBeside(folder);
        var (definitions, problems) = Check(files);
        var unnamed = refused.IsEmpty ? UnknownMethods(definitions, methods) : [];
        var theirs = Directory.Exists(Path.Combine(path, MethodLibrary.Folder)); // otherwise the shipped ones, which nobody asked after
        return new(definitions, theirs ? methods : [], [.. problems, .. theirs ? refused : [], .. unnamed]);
    }

    private static IEnumerable<(string File, byte[] Bytes)> Files(string folder) =>
        Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(f => (Path.GetFileName(f), File.ReadAllBytes(f)));

    private static DefinitionLibrary Load(IEnumerable<(string File, byte[] Bytes)> files, MethodLibrary methods)
    {
        var (definitions, problems) = Check(files);
        string[] needed = [CollegialConsultation, QuickReading, Urgent];
        var missing = problems.IsEmpty ? needed.Except(definitions.Select(d => d.DefinitionId), StringComparer.Ordinal) : [];
        problems = [.. problems, .. UnknownMethods(definitions, methods.All), .. missing.Select(m => new DefinitionProblem($"{m}.json", DefinitionProblem.Head, $"the definition '{m}' is missing", $"put the file back; its definitionId must be '{m}'"))];
        return problems.IsEmpty ? new(definitions, methods) : throw new InvalidDefinitionsException(problems);
    }

    /// <summary>A case copies its template when it is submitted, so only a definition that cases can begin with must name one that is there.</summary>
    private static IEnumerable<DefinitionProblem> UnknownMethods(IEnumerable<WorkflowDefinition> definitions, ImmutableArray<RoomMethod> methods) =>
        from definition in definitions
        from node in definition.Nodes.Values
        orderby definition.DefinitionId, node.Id
        let named = node.Method
        where named is not null && !RoomMethod.Plain.Contains(named) && methods.All(m => m.Id != named)
        select new DefinitionProblem(
            $"{definition.DefinitionId}.json",
            node.Id,
            $"names the method '{named}', which is not there",
            $"use one of {string.Join(", ", methods.Select(m => m.Id).Concat(RoomMethod.Plain))}, or put its file in the folder {MethodLibrary.Folder}");

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

/// <summary>What a check found; when there are problems, the rest is not to be used.</summary>
internal sealed record CheckedDefinitions(
    ImmutableArray<WorkflowDefinition> Definitions, ImmutableArray<RoomMethod> Methods, ImmutableArray<DefinitionProblem> Problems);

/// <summary>Stops start-up and names every problem of every file.</summary>
internal sealed class InvalidDefinitionsException(ImmutableArray<DefinitionProblem> problems)
    : Exception($"The workflow definitions are invalid:{Environment.NewLine}{string.Join(Environment.NewLine, problems)}")
{
    public ImmutableArray<DefinitionProblem> Problems => problems;
}
