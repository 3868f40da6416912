using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SignalReview.Workflow;
using SignalReview.Workflow.Preview;

namespace SignalReview.Tests.Workflow;

internal sealed class FlowPreviewTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 16, 9, 0, 0, TimeSpan.Zero);

    private static WorkflowDefinition Full => DefinitionLibrary.Shipped()[DefinitionLibrary.CollegialConsultation];

    [Test]
    public void The_same_definition_asks_the_same_on_every_covering_path()
    {
        foreach (var definition in DefinitionLibrary.Shipped().All)
        {
            foreach (var path in FlowPaths.Covering(definition))
            {
                var past = new PastFlow("x@1", Start, path.Inputs["Reopened"].GetBoolean(), path.Inputs["Urgency"].GetString(),
                    [.. path.Steps.Select((s, at) => new PastStep(s.Node, s.Outcome, Start.AddHours(at + 1), s.Outcome == "TooFew" ? 0 : 3, s.Outcome == "TooFew" ? 0 : 3, s.Outputs.ToImmutableDictionary()))]);
                var result = FlowPreview.Of(definition, definition, past, TeamCalendar.Office);
                Assert.That(result.Unchanged, () => $"{definition.DefinitionId}: {path}\n{string.Join('\n', result.Steps)}");
                Assert.That(result.Steps.Select(s => (s.Node, s.Outcome)), Is.EqualTo(path.Steps.Select(s => (s.Node, s.Outcome))));
            }
        }
    }

    [Test]
    public void Another_quorum_is_named_and_what_followed_it_is_not_to_be_known_when_it_matters()
    {
        var changed = Change(j => Node(j, "CollectInterpretations")["quorum"]!["expression"]!["value"] = 3);

        var allIn = Preview(changed, Happy());
        Assert.That(allIn.Steps.Where(s => s.Kind != PreviewKind.Same).Select(s => (s.Kind, s.Node, s.Doubt)), Is.EqualTo(new[] { (PreviewKind.Different, "CollectInterpretations", PreviewDoubt.None) }));
        Assert.That(allIn.Steps.Single(s => s.Node == "CollectInterpretations").Changes, Is.EqualTo(new[] { ("Quorum", "2", "3") }));

        var quorum = Preview(changed, Happy("Quorum", readings: 2));
        Assert.That(quorum.Steps.Single(s => s.Node == "CollectInterpretations").Doubt, Is.EqualTo(PreviewDoubt.QuorumHigher));
        Assert.That(quorum.Steps.SkipWhile(s => s.Node != "CollectInterpretations").Skip(1).Select(s => s.Kind), Is.Not.Empty.And.All.EqualTo(PreviewKind.Unknown));
    }

    [Test]
    public void A_shorter_deadline_matters_only_to_who_took_longer()
    {
        // Half an hour a step: within any deadline of hours.
        var shorter = Change(j => Node(j, "AskDecision")["deadlineHours"]!["expression"]!["value"] = 2);
        Assert.That(Preview(shorter, Happy()).Steps.Single(s => s.Node == "AskDecision"), Has.Property("Doubt").EqualTo(PreviewDoubt.None).And.Property("Kind").EqualTo(PreviewKind.Different));

        var past = Happy();
        var late = past with { Steps = [.. past.Steps.Select((s, at) => s with { At = Start.AddDays(2 * at) })] };
        Assert.That(Preview(shorter, late).Steps.Single(s => s.Node == "AskDecision").Doubt, Is.EqualTo(PreviewDoubt.DeadlineSooner));
    }

    [Test]
    public void A_longer_deadline_could_have_saved_what_came_too_late()
    {
        var longer = Change(j => Node(j, "CollectInterpretations")["deadlineHours"]!["expression"]!["value"] = 40);
        Assert.That(Preview(longer, Happy("Quorum")).Steps.Single(s => s.Node == "CollectInterpretations").Doubt, Is.EqualTo(PreviewDoubt.DeadlineLater));
        Assert.That(Preview(longer, Happy("AllIn")).Steps, Has.None.Matches<PreviewStep>(s => s.Doubt != PreviewDoubt.None));
    }

    [Test]
    public void A_new_phase_is_seen_and_the_rest_goes_on_when_it_does_not_matter_how_it_ends()
    {
        var changed = Change(j =>
        {
            var again = Node(j, "Clarify").DeepClone();
            again["id"] = "ClarifyAgain";
            j["root"]!["activities"]!.AsArray().Add(again);
            Redirect(j, "Reveal", "Done", "ClarifyAgain");
            Connect(j, "ClarifyAgain", "Done", "Compare");
            Connect(j, "ClarifyAgain", "Deadline", "Compare");
        });
        var result = Preview(changed, Happy());

        Assert.That(result.Steps.Where(s => s.Kind != PreviewKind.Same).Select(s => (s.Kind, s.Node, s.Outcome, s.Doubt)), Is.EqualTo(new[] { (PreviewKind.New, "ClarifyAgain", (string?)null, PreviewDoubt.None) }));
        Assert.That(result.Steps[^1].Node, Is.EqualTo("CloseCase"));
    }

    [Test]
    public void After_a_new_choice_nothing_can_be_known()
    {
        var changed = Change(j =>
        {
            var again = Node(j, "AskApproval").DeepClone();
            again["id"] = "SecondApproval";
            j["root"]!["activities"]!.AsArray().Add(again);
            Redirect(j, "AskApproval", "Approved", "SecondApproval");
            Connect(j, "SecondApproval", "Approved", "FollowUp");
            Connect(j, "SecondApproval", "Returned", "AskDecision");
            Connect(j, "SecondApproval", "Deadline", "SecondApproval");
        });
        var steps = Preview(changed, Happy()).Steps.SkipWhile(s => s.Kind == PreviewKind.Same).Select(s => (s.Kind, s.Node, s.Doubt));

        Assert.That(steps, Is.EqualTo(new[]
        {
            (PreviewKind.New, "SecondApproval", PreviewDoubt.NewStep),
            (PreviewKind.Unknown, "FollowUp", PreviewDoubt.None),
            (PreviewKind.Unknown, "CloseCase", PreviewDoubt.None),
        }));
    }

    [Test]
    public void A_phase_that_is_gone_would_not_be_asked_and_one_with_another_name_is_recognised()
    {
        var gone = Change(j =>
        {
            Remove(j, "Clarify");
            Connect(j, "InviteReaders", "Invited", "CollectInterpretations");
        });
        Assert.That(Preview(gone, Happy()).Steps.Where(s => s.Kind != PreviewKind.Same).Select(s => (s.Kind, s.Node)), Is.EqualTo(new[] { (PreviewKind.NotAsked, "Clarify") }));

        var renamed = DefinitionReader.Read("renamed", Encoding.UTF8.GetBytes(Full.Raw.Replace("\"Compare\"", "\"Vergelijken\"", StringComparison.Ordinal))).Definition!;
        Assert.That(Preview(renamed, Happy()).Steps.Where(s => s.Kind != PreviewKind.Same).Select(s => (s.Kind, s.Node, s.Outcome)), Is.EqualTo(new[] { (PreviewKind.Different, "Vergelijken", (string?)"Decide") }));
    }

    [Test]
    public void What_was_erased_is_not_guessed()
    {
        var past = Happy();
        past = past with { Steps = past.Steps.SetItem(3, new("", "", past.Steps[3].At, 0, 0, ImmutableDictionary<string, JsonElement>.Empty)) };
        var steps = Preview(Full, past).Steps;

        Assert.That(steps.Take(3).Select(s => s.Kind), Is.All.EqualTo(PreviewKind.Same));
        Assert.That((steps[3].Kind, steps[3].Doubt), Is.EqualTo((PreviewKind.Unknown, PreviewDoubt.Erased)));
        Assert.That(steps.Skip(4).Select(s => s.Kind), Is.All.EqualTo(PreviewKind.Unknown));
    }

    private static PreviewResult Preview(WorkflowDefinition definition, PastFlow past) => FlowPreview.Of(definition, Full, past, TeamCalendar.Office);

    private static PastFlow Happy(string outcome = "AllIn", int readings = 3)
    {
        (string Node, string Outcome)[] steps =
        [
            ("AppointFacilitator", "Done"), ("InviteReaders", "Invited"), ("Clarify", "Done"), ("CollectInterpretations", outcome), ("Reveal", "Done"),
            ("Compare", "Decide"), ("AskDecision", "Decided"), ("AskApproval", "Approved"), ("FollowUp", "Reviewed"), ("CloseCase", "Done"),
        ];
        var outputs = new Dictionary<string, JsonElement>(StringComparer.Ordinal)
        {
            ["MaxConcern"] = JsonSerializer.SerializeToElement(4),
            ["Divergent"] = JsonSerializer.SerializeToElement(false),
            ["Readings"] = JsonSerializer.SerializeToElement(readings),
        }.ToImmutableDictionary();
        return new("collegial-consultation@2", Start, Reopened: false, "days",
            [.. steps.Select((s, at) => new PastStep(s.Node, s.Outcome, Start.AddMinutes(30 * (at + 1)), at >= 3 ? readings : 0, 0, s.Node == "Reveal" ? outputs : ImmutableDictionary<string, JsonElement>.Empty))]);
    }

    private static WorkflowDefinition Change(Action<JsonNode> change)
    {
        var json = JsonNode.Parse(Full.Raw)!;
        change(json);
        var (definition, problems) = DefinitionReader.Read("changed", Encoding.UTF8.GetBytes(json.ToJsonString()));
        Assert.That(problems, Is.Empty);
        return definition!;
    }

    private static JsonNode Node(JsonNode json, string id) => json["root"]!["activities"]!.AsArray().Single(a => (string?)a!["id"] == id)!;

    private static JsonArray Connections(JsonNode json) => json["root"]!["connections"]!.AsArray();

    private static void Connect(JsonNode json, string source, string port, string target) => Connections(json).Add(new JsonObject
    {
        ["source"] = new JsonObject { ["activity"] = source, ["port"] = port },
        ["target"] = new JsonObject { ["activity"] = target, ["port"] = "In" },
    });

    private static void Redirect(JsonNode json, string source, string port, string target) =>
        Connections(json).Single(c => (string?)c!["source"]!["activity"] == source && (string?)c["source"]!["port"] == port)!["target"]!["activity"] = target;

    private static void Remove(JsonNode json, string id)
    {
        json["root"]!["activities"]!.AsArray().RemoveAll(a => (string?)a!["id"] == id);
        Connections(json).RemoveAll(c => (string?)c!["source"]!["activity"] == id || (string?)c["target"]!["activity"] == id);
    }
}
