using System.Text;
using System.Text.Json.Nodes;
using SignalReview.Workflow;

namespace SignalReview.Tests.Workflow;

/// <summary>Builds small definitions in Elsa's JSON; what it builds is valid until a test spoils it.</summary>
internal sealed class TestDefinition
{
    public const string Driver = "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core";

    private TestDefinition(JsonObject json) => Json = json;

    public JsonObject Json { get; }

    public JsonObject Root => (JsonObject)Json["root"]!;

    public JsonArray Activities => (JsonArray)Root["activities"]!;

    public JsonArray Connections => (JsonArray)Root["connections"]!;

    public static TestDefinition Empty() => new(new JsonObject
    {
        ["id"] = "test-1",
        ["definitionId"] = "test",
        ["name"] = "Test",
        ["version"] = 1,
        ["isLatest"] = true,
        ["isPublished"] = true,
        ["inputs"] = new JsonArray(Input("CaseId", "String"), Input("Urgency", "String"), Input("Reopened", "Boolean")),
        ["variables"] = new JsonArray(Variable("Concern", "Int32", "0"), Variable("Divergent", "Boolean", "false")),
        ["root"] = new JsonObject
        {
            ["id"] = "flowchart",
            ["type"] = "Elsa.Flowchart",
            ["version"] = 1,
            ["activities"] = new JsonArray(),
            ["connections"] = new JsonArray(),
        },
    });

    /// <summary>Decide, approve, back to decide when returned; two ends.</summary>
    public static TestDefinition Simple() => Empty()
        .Add("Card", "SignalReview.CallCard")
        .Add("Decide", "SignalReview.AskDecision", ("deadlineHours", Literal("Int32", 8)))
        .Add("Approve", "SignalReview.AskApproval", ("deadlineHours", Literal("Int32", 8)))
        .Add("End", "Elsa.Finish")
        .Add("Late", "Elsa.Finish")
        .Connect("Card", "Done", "Decide")
        .Connect("Decide", "Decided", "Approve")
        .Connect("Decide", "Deadline", "Decide")
        .Connect("Approve", "Approved", "End")
        .Connect("Approve", "Returned", "Decide")
        .Connect("Approve", "Deadline", "Late");

    public static JsonObject Input(string name, string type) => new() { ["type"] = type, ["name"] = name, ["storageDriverType"] = Driver };

    public static JsonObject Variable(string name, string type, JsonNode? value) => new()
    {
        ["id"] = $"v-{name}",
        ["name"] = name,
        ["typeName"] = type,
        ["isArray"] = false,
        ["value"] = value,
        ["storageDriverTypeName"] = Driver,
    };

    public static JsonObject Expression(string typeName, string type, JsonNode? value) =>
        new() { ["typeName"] = typeName, ["expression"] = new JsonObject { ["type"] = type, ["value"] = value } };

    public static JsonObject Literal(string typeName, JsonNode? value) => Expression(typeName, "Literal", value);

    public static JsonObject Script(string typeName, string script) => Expression(typeName, "JavaScript", script);

    public static JsonObject Mode(string mode) =>
        Literal("Elsa.Workflows.Activities.Flowchart.Models.FlowJoinMode, Elsa.Workflows.Core", mode);

    public static JsonObject Output(string typeName, string variableId) =>
        new() { ["typeName"] = typeName, ["memoryReference"] = new JsonObject { ["id"] = variableId } };

    public static JsonObject Case(string label, string script) =>
        new() { ["label"] = label, ["condition"] = new JsonObject { ["type"] = "JavaScript", ["value"] = script } };

    public TestDefinition Add(string id, string type, params ReadOnlySpan<(string Name, JsonNode? Value)> properties)
    {
        var activity = new JsonObject { ["id"] = id, ["type"] = type, ["version"] = 1 };
        foreach (var (name, value) in properties)
        {
            activity[name] = value;
        }

        Activities.Add(activity);
        return this;
    }

    /// <summary>Adds a step that waits and has one outcome beside its deadline, which leads back to it.</summary>
    public TestDefinition AddWait(string id) =>
        Add(id, "SignalReview.AwaitImmediateDecision", ("deadlineMinutes", Literal("Int32", 30))).Connect(id, "Deadline", id);

    public TestDefinition Connect(string source, string port, string target)
    {
        Connections.Add(new JsonObject
        {
            ["source"] = new JsonObject { ["activity"] = source, ["port"] = port },
            ["target"] = new JsonObject { ["activity"] = target, ["port"] = "In" },
        });
        return this;
    }

    public TestDefinition Disconnect(string source, string port)
    {
        Connections.RemoveAll(c => (string?)c!["source"]!["activity"] == source && (string?)c["source"]!["port"] == port);
        return this;
    }

    public TestDefinition Change(Action<JsonObject> change)
    {
        change(Json);
        return this;
    }

    public TestDefinition Change(string activity, Action<JsonObject> change)
    {
        change((JsonObject)Activities.Single(a => (string?)a!["id"] == activity)!);
        return this;
    }

    public byte[] Bytes() => Encoding.UTF8.GetBytes(Json.ToJsonString());

    public IReadOnlyList<DefinitionProblem> Problems() => DefinitionReader.Read("test.json", Bytes()).Problems;

    public WorkflowDefinition Read()
    {
        var (definition, problems) = DefinitionReader.Read("test.json", Bytes());
        Assert.That(problems, Is.Empty);
        return definition!;
    }
}
