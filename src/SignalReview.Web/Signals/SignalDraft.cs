using System.Text.Json;
using System.Text.Json.Nodes;
using SignalReview.Signals;
using SignalReview.Trail;
using SignalReview.Workflow;

namespace SignalReview.Web.Signals;

/// <summary>What the steps write: the signal, and the way it is to go.</summary>
/// <param name="Signal">As far as it was filled in.</param>
/// <param name="Workflow">Definition id; null when nothing was chosen.</param>
internal sealed record SignalDraft(SignalSubmission Signal, string? Workflow)
{
    private const string WorkflowProperty = "workflow";

    public static SignalDraft Empty { get; } = new(new SignalSubmission(), null);

    public bool IsAcute => Signal.Urgency == Urgency.Acute;

    /// <summary>Acute has its own way; nobody waits for a vote then, whatever was chosen before.</summary>
    public string WorkflowToStart => IsAcute ? DefinitionLibrary.Urgent : Workflow ?? DefinitionLibrary.CollegialConsultation;

    public static SignalDraft From(JsonElement content) => new(
        content.Deserialize<SignalSubmission>(TrailJson.Options) ?? new SignalSubmission(),
        content.TryGetProperty(WorkflowProperty, out var workflow) && workflow.ValueKind == JsonValueKind.String ? workflow.GetString() : null);

    /// <summary>The signal's JSON, as every door saves it, with the chosen way beside.</summary>
    public JsonElement ToJson()
    {
        var json = JsonSerializer.SerializeToNode(Signal, TrailJson.Options)!.AsObject();
        if (Workflow is not null)
        {
            json[WorkflowProperty] = JsonValue.Create(Workflow);
        }

        return JsonSerializer.SerializeToElement(json);
    }
}
