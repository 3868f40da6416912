using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SignalReview.Workflow;

/// <summary>
/// Reads one Elsa workflow definition, strictly: whatever the engines would not both understand is refused, and all problems are
/// reported at once.
/// </summary>
internal sealed class DefinitionReader
{
    private const string StorageDriver = "WorkflowInstanceStorageDriver";
    private const string LongStorageDriver = $"Elsa.Workflows.{StorageDriver}, Elsa.Workflows.Core";
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly ImmutableHashSet<string> HeadProperties =
    [
        "$schema", "id", "definitionId", "tenantId", "name", "description", "createdAt", "version", "toolVersion", "variables", "inputs",
        "outputs", "outcomes", "customProperties", "isReadonly", "isSystem", "isLatest", "isPublished", "options", "usableAsActivity", "root",
    ];

    private static readonly ImmutableHashSet<string> FlowchartProperties =
        [.. NodeReader.CommonProperties, "activities", "connections", "variables"];

    private static readonly ImmutableArray<string> Flags = ["isLatest", "isPublished"];
    private static readonly ImmutableArray<string> Results = ["outputs", "outcomes"];

    private readonly ProblemList problems;

    private DefinitionReader(string file) => problems = new(file);

    /// <param name="file">Only named in the problems.</param>
    /// <returns>The definition, or why it is refused; never both.</returns>
    public static (WorkflowDefinition? Definition, ImmutableArray<DefinitionProblem> Problems) Read(string file, ReadOnlyMemory<byte> bytes)
    {
        var reader = new DefinitionReader(file);
        WorkflowDefinition? definition = null;
        try
        {
            var raw = Utf8.GetString(bytes.Span);
            using var json = DefinitionJson.Parse(bytes);
            definition = reader.Definition(json.RootElement, raw, Convert.ToHexStringLower(SHA256.HashData(bytes.Span)));
        }
        catch (Exception e) when (e is JsonException or DecoderFallbackException)
        {
            reader.problems.Head(
                $"not readable as JSON in UTF-8 without a byte order mark: {e.Message.TrimEnd('.')}", "look at the place that is named: a comma, bracket or quote is missing or stands double there");
        }

        var found = reader.problems.ToImmutable();
        return found.IsEmpty ? (definition, found) : (null, found);
    }

    private WorkflowDefinition? Definition(JsonElement json, string raw, string sha256)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            problems.Head("the file is not one definition", "a file holds one definition between { and }, as Elsa Studio exports it");
            return null;
        }

        var (id, definitionId, name) = (Required(json, "id"), Required(json, "definitionId"), Required(json, "name"));
        var version = Head(json);
        var inputs = Inputs(json);
        var variables = Variables(json);
        if (!json.Has("root", out var root) || root.Text("type") != "Elsa.Flowchart")
        {
            problems.Head("root must be an Elsa.Flowchart", "make it as a flowchart in Elsa Studio, or start from a copy of a shipped file");
            return null;
        }

        RefuseUnknown(root, FlowchartProperties, "the flowchart's ");
        if (root.List("variables").Any())
        {
            problems.Head("variables belong to the definition, not to the flowchart", "move them from root to the top of the file");
        }

        var nodes = new NodeReader(problems, inputs, variables).Read(root);
        var graph = new FlowGraph(nodes, Connections(root, nodes.ToDictionary(n => n.Id, StringComparer.Ordinal)));
        foreach (var (node, reason, mend) in DefinitionValidator.Check(graph))
        {
            problems.Add(node, reason, mend);
        }

        return new(id, definitionId, name, version, sha256, raw, inputs, variables, graph);
    }

    private int Head(JsonElement json)
    {
        RefuseUnknown(json, HeadProperties, "");
        foreach (var flag in Flags)
        {
            if (!json.Has(flag, out var value) || value.ValueKind != JsonValueKind.True)
            {
                problems.Head($"{flag} must be true: Elsa runs only the latest published version", $"write \"{flag}\": true, or publish it in Elsa Studio before you export it");
            }
        }

        foreach (var results in Results.Where(p => json.List(p).Any()))
        {
            problems.Head($"{results} must be empty: nobody asks a case's workflow for a result", $"write \"{results}\": []");
        }

        if (json.Has("version", out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out var version) && version > 0)
        {
            return version;
        }

        problems.Head("version must be a whole number from 1", "write for instance \"version\": 2, without quotes around the number");
        return 0;
    }

    private ImmutableArray<FlowInput> Inputs(JsonElement json)
    {
        var inputs = ImmutableArray.CreateBuilder<FlowInput>();
        foreach (var input in json.List("inputs"))
        {
            var name = input.Text("name");
            if (name is null || FlowTypes.Find(input.Text("type") ?? "") is not { } type)
            {
                problems.Head($"input '{name}' needs a name and a type (Int32, String, Boolean or TimeSpan)", $"give it both; a case gives {Given()}");
                continue;
            }

            if (!CaseInputs.All.Contains(new(name, type)))
            {
                problems.Head($"no case gives the input '{name}' of type {type}", $"remove it or rename it; a case gives {Given()}");
            }

            if (input.Text("storageDriverType")?.Contains(StorageDriver, StringComparison.Ordinal) != true)
            {
                problems.Head(
                    $"input '{name}' needs storageDriverType {StorageDriver}: Elsa forgets it at the first wait otherwise",
                    $"add \"storageDriverType\": \"{LongStorageDriver}\", or choose Workflow Instance as its storage in Elsa Studio");
            }

            if (inputs.Any(i => i.Name == name))
            {
                problems.Head($"two inputs are called '{name}'", "remove one");
                continue;
            }

            inputs.Add(new(name, type));
        }

        return inputs.ToImmutable();
    }

    private ImmutableArray<FlowVariable> Variables(JsonElement json)
    {
        var variables = ImmutableArray.CreateBuilder<FlowVariable>();
        foreach (var variable in json.List("variables"))
        {
            var (id, name) = (variable.Text("id"), variable.Text("name"));
            var array = variable.Has("isArray", out var isArray) && isArray.ValueKind == JsonValueKind.True;
            if (id is null || name is null || array || FlowTypes.Find(variable.Text("typeName") ?? "") is not { } type)
            {
                problems.Head($"variable '{name ?? id}' needs an id, a name and a single type (Int32, String, Boolean or TimeSpan)", "give it all three, with \"isArray\": false");
                continue;
            }

            if (variable.Text("storageDriverTypeName")?.Contains(StorageDriver, StringComparison.Ordinal) != true)
            {
                problems.Head(
                    $"variable '{name}' needs storageDriverTypeName {StorageDriver}: Elsa forgets it at the first wait otherwise",
                    $"add \"storageDriverTypeName\": \"{LongStorageDriver}\", or choose Workflow Instance as its storage in Elsa Studio");
            }

            if (variables.Any(v => v.Id == id || v.Name == name))
            {
                problems.Head($"two variables share the id '{id}' or the name '{name}'", "remove one, or give it an id and a name of its own");
                continue;
            }

            if (!variable.Has("value", out var value) || FlowTypes.ReadLiteral(value, type) is not { } initial)
            {
                problems.Head($"variable '{name}' needs a value of type {type} to start with", "add for instance \"value\": \"0\", or \"false\" for a Boolean");
                continue;
            }

            variables.Add(new(id, name, type, initial));
        }

        return variables.ToImmutable();
    }

    private ImmutableArray<FlowConnection> Connections(JsonElement root, Dictionary<string, FlowNode> nodes)
    {
        var connections = ImmutableArray.CreateBuilder<FlowConnection>();
        foreach (var json in root.List("connections"))
        {
            var (source, port) = End(json, "source");
            var (target, into) = End(json, "target");
            if (source is null || port is null || target is null)
            {
                problems.Add(
                    source ?? DefinitionProblem.Head,
                    "a connection needs source.activity, source.port and target.activity",
                    "complete it, or remove it");
            }
            else if (!nodes.TryGetValue(source, out var from))
            {
                problems.Add(source, $"a connection leaves a step that is not there, to '{target}'", "remove the connection, or put the step's id in it");
            }
            else if (!nodes.ContainsKey(target))
            {
                problems.Add(source, $"port '{port}' leads to '{target}', which is not there", "lead it to a step that is, by its id");
            }
            else if (!from.Ports.Contains(port))
            {
                problems.Add(source, $"unknown port '{port}'; {from.Type} has {(from.Ports.IsEmpty ? "none" : string.Join(", ", from.Ports))}", from.Ports.IsEmpty ? "remove the connection" : "use one of these, written exactly so");
            }
            else if (into != "In")
            {
                problems.Add(source, $"port '{port}' leads to port '{into}' of '{target}'; steps are entered by 'In'", "write \"port\": \"In\" in the connection's target");
            }
            else if (connections.Any(c => c.Source == source && c.Port == port && c.Target == target))
            {
                problems.Add(source, $"port '{port}' leads to '{target}' twice", "remove one of the two connections");
            }
            else
            {
                connections.Add(new(connections.Count, source, port, target));
            }
        }

        return connections.ToImmutable();
    }

    private static (string? Activity, string? Port) End(JsonElement connection, string which) =>
        connection.Has(which, out var end) ? (end.Text("activity"), end.Text("port")) : (null, null);

    private static string Given() => string.Join(", ", CaseInputs.All.Select(i => $"{i.Name} ({i.Type})"));

    private string Required(JsonElement json, string property)
    {
        var text = json.Text(property);
        if (text is null)
        {
            problems.Head($"{property} is missing", $"add \"{property}\" at the top of the file, with a text");
        }

        return text ?? "";
    }

    private void RefuseUnknown(JsonElement json, ImmutableHashSet<string> known, string whose)
    {
        foreach (var property in json.EnumerateObject().Where(p => !known.Contains(p.Name)))
        {
            problems.Head($"{whose}property '{property.Name}' is unknown", "remove it; if it is a spelling mistake, correct it");
        }
    }
}
