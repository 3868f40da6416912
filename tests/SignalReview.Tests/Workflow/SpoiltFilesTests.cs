using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SignalReview.Rooms.Methods;
using SignalReview.Workflow;

namespace SignalReview.Tests.Workflow;

/// <summary>Whatever a file of a coordinator holds, and wherever in it: it is taken, or refused with what, where and how to mend it. It never ends in a fault.</summary>
[TestFixture]
internal sealed class SpoiltFilesTests
{
    /// <summary>Half of a character: JSON lets it pass, and only who reads the text finds out.</summary>
    private const string Half = "half-of-a-character";

    /// <summary>What somebody may put in the place of something else; null takes it out.</summary>
    private static readonly string?[] Instead = [null, "null", "true", "7", "-1", "2147483647", "1e99", "\"x\"", "\"\"", $"\"{Half}\"", "[]", "[1]", "[{}]", "{}", "{\"x\":1}"];

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    [Test]
    public void A_definition_that_is_spoilt_anywhere_is_taken_or_refused_with_a_reason() => Spoil(Everything().Json.ToJsonString(), bytes =>
    {
        var (definition, problems) = DefinitionReader.Read("spoilt.json", bytes);
        return (definition is not null, problems);
    });

    [Test]
    public void A_method_that_is_spoilt_anywhere_is_taken_or_refused_with_a_reason() => Spoil(MethodLibrary.Shipped().All[0].Raw, bytes =>
    {
        _ = MethodReader.LooksLikeOne(bytes);
        var (method, problems) = MethodReader.Read("spoilt.json", bytes);
        return (method is not null, problems);
    });

    [Test]
    public void A_name_with_half_of_a_character_is_refused()
    {
        var raw = TestDefinition.Simple().Change("Card", n => n[Half] = 1).Json.ToJsonString();
        var (_, problems) = DefinitionReader.Read("spoilt.json", Bytes(raw));
        Assert.That(problems.Single().Reason, Does.Contain("holds half of a character"));
    }

    /// <summary>One of each that a definition can hold.</summary>
    private static TestDefinition Everything() => TestDefinition.Simple()
        .Change("Decide", n => n["metadata"] = new JsonObject { ["displayText"] = "Beslissen" })
        .Change("Decide", n => n["customProperties"] = new JsonObject { ["canStartWorkflow"] = false })
        .Change("Decide", n => n["clock"] = TestDefinition.Literal("String", "wall"))
        .Add("Show", "SignalReview.Reveal", ("maxConcern", TestDefinition.Output("Int32", "v-Concern")), ("divergent", TestDefinition.Output("Boolean", "v-Divergent")))
        .Add("Choose", "Elsa.FlowDecision", ("condition", TestDefinition.Script("Boolean", "variables.Divergent && getInput('Urgency') == 'days'")))
        .Add("Pause", "Elsa.Delay", ("timeSpan", TestDefinition.Literal("TimeSpan", "04:00:00")))
        .Add("Set", "Elsa.SetVariable", ("variable", new JsonObject { ["id"] = "v-Concern" }), ("value", TestDefinition.Literal("Object", 3)))
        .Add("Meet", "Elsa.FlowJoin", ("mode", TestDefinition.Mode("WaitAny")))
        .Add("Pick", "Elsa.FlowSwitch", ("cases", new JsonArray(TestDefinition.Case("A", "variables.Concern > 5"))), ("mode", TestDefinition.Literal("SwitchMode", "MatchFirst")))
        .Add("Approved", "SignalReview.Weigh", ("round", TestDefinition.Expression("Int32", "Variable", """{"id":"v-Concern"}""")), ("maxRounds", TestDefinition.Literal("Int32", 2)), ("deadlineMinutes", TestDefinition.Literal("Int32", 30)))
        .Disconnect("Card", "Done").Connect("Card", "Done", "Show").Connect("Show", "Done", "Choose")
        .Connect("Choose", "True", "Pause").Connect("Choose", "False", "Set").Connect("Pause", "Done", "Meet").Connect("Set", "Done", "Meet").Connect("Meet", "Done", "Pick")
        .Connect("Pick", "A", "Approved").Connect("Pick", "Default", "Approved")
        .Connect("Approved", "SecondRound", "Decide").Connect("Approved", "Harvest", "Decide").Connect("Approved", "Deadline", "Decide");

    private static void Spoil(string raw, Func<byte[], (bool Taken, ImmutableArray<DefinitionProblem> Problems)> read)
    {
        Assert.That(read(Encoding.UTF8.GetBytes(raw)).Taken, Is.True, "as it is shipped");
        var refused = 0;
        foreach (var place in Places(raw))
        {
            foreach (var instead in Instead)
            {
                var text = Spoilt(raw, place, instead);
                var what = $"{instead ?? "nothing"} at {string.Join('.', place)}";
                var answer = Try(read, Bytes(text), what);
                Assert.That(answer.Taken, Is.EqualTo(answer.Problems.IsEmpty), what);
                Assert.That(answer.Problems.All(p => p.Reason.Length > 0 && p.Mend.Length > 0), Is.True, what);
                refused += answer.Taken ? 0 : 1;
            }
        }

        Assert.That(refused, Is.GreaterThan(100));
    }

    private static (bool Taken, ImmutableArray<DefinitionProblem> Problems) Try(
        Func<byte[], (bool Taken, ImmutableArray<DefinitionProblem> Problems)> read, byte[] bytes, string what)
    {
        try
        {
            return read(bytes);
        }
        catch (Exception e)
        {
            Assert.Fail($"{what}: {e}");
            throw;
        }
    }

    /// <summary>Every place of the file, but of several alike (the ids of all activities of one type) the first only.</summary>
    private static List<object[]> Places(string raw)
    {
        var places = new Dictionary<string, object[]>(StringComparer.Ordinal);
        Walk(JsonNode.Parse(raw, documentOptions: Strict)!, [], "");
        return [.. places.Values];

        void Walk(JsonNode? node, object[] path, string shape)
        {
            if (path.Length > 0)
            {
                places.TryAdd(shape, path);
            }

            switch (node)
            {
                case JsonObject inner:
                    var type = inner["type"] is JsonValue value ? value.ToString() : "";
                    foreach (var (name, child) in inner)
                    {
                        Walk(child, [.. path, name], $"{shape}.{type}.{name}");
                    }

                    break;
                case JsonArray items:
                    foreach (var (place, child) in items.Index())
                    {
                        Walk(child, [.. path, place], $"{shape}[]{(child as JsonObject)?["type"]}");
                    }

                    break;
                default:
                    break;
            }
        }
    }

    private static string Spoilt(string raw, object[] place, string? instead)
    {
        var json = JsonNode.Parse(raw)!;
        var parent = place[..^1].Aggregate(json, (node, step) => step is int at ? node[at]! : node[(string)step]!);
        switch (parent, place[^1])
        {
            case (JsonArray items, int at) when instead is null:
                items.RemoveAt(at);
                break;
            case (JsonArray items, int at):
                items[at] = JsonNode.Parse(instead);
                break;
            case (JsonObject inner, string name) when instead is null:
                inner.Remove(name);
                break;
            case (JsonObject inner, string name):
                inner[name] = JsonNode.Parse(instead);
                break;
            default:
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"There is no place {place[^1]}."));
        }

        return json.ToJsonString();
    }

    private static byte[] Bytes(string json) => Encoding.UTF8.GetBytes(json.Replace(Half, "\\ud800", StringComparison.Ordinal));
}
