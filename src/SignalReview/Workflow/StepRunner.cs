using System.Text.Json;
using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.Decisions;
using SignalReview.Rooms;

namespace SignalReview.Workflow;

/// <summary>
/// Carries out what an engine asks: every activity of <see cref="StepCatalog"/> has its line here. A step that waits is opened with its
/// deadline; the others are done at once and completed.
/// </summary>
internal sealed class StepRunner(Routing routing)
{
    public async Task RunAsync(Work work, AskedStep step, CancellationToken ct)
    {
        switch (step.Activity)
        {
            case "CallCard":
                await work.SetPhaseAsync(CasePhase.Submitted, ct);
                work.AppendAsSystem("callcard.shown", new { step.Node });
                work.CompleteAsked(step, "Done");
                break;
            case "AppointFacilitator":
                await routing.AppointFacilitatorAsync(work, ct);
                work.CompleteAsked(step, "Done");
                break;
            case "InviteReaders":
                var enough = await routing.InviteAsync(work, step.Int("Count"), step.Int("AcceptWithinHours"), ct);
                work.CompleteAsked(step, enough ? "Invited" : "TooFew");
                break;
            case "AwaitImmediateDecision":
                await work.SetPhaseAsync(CasePhase.Deciding, ct);
                await OpenSteps.OpenAsync(work, step, ct);
                break;
            case "Clarify":
                await work.SetPhaseAsync(CasePhase.Clarifying, ct);
                await OpenSteps.OpenAsync(work, step, ct);
                break;
            case "CollectInterpretations":
                await work.SetPhaseAsync(CasePhase.Interpreting, ct);
                await OpenSteps.OpenAsync(work, step, ct);
                await InterpretationRound.CompleteIfAllInAsync(work, ct);
                break;
            case "Reveal":
                var outputs = await InterpretationRound.RevealAsync(work, ct);
                work.CompleteAsked(step, "Done", outputs);
                break;
            case "Compare":
                await work.SetPhaseAsync(CasePhase.Comparing, ct);
                await OpenSteps.OpenAsync(work, step, ct);
                break;
            case "OpenRoom":
                await work.SetPhaseAsync(CasePhase.Room, ct);
                await RoomSteps.OpenAsync(work, step.Text("Method"), ct);
                work.CompleteAsked(step, "Done");
                break;
            case "Discuss":
                await work.SetPhaseAsync(CasePhase.Room, ct);
                await RoomSteps.DiscussAsync(work, step.Int("Round"), ct);
                await OpenSteps.OpenAsync(work, step, ct);
                break;
            case "CollectVotes":
                await work.SetPhaseAsync(CasePhase.Room, ct);
                var due = await OpenSteps.OpenAsync(work, step, ct);
                await RoomSteps.OpenRoundAsync(work, step.Int("Round"), step.Int("Quorum"), due, ct);
                break;
            case "Weigh":
                await OpenSteps.OpenAsync(work, step, ct);
                break;
            case "AskDecision":
                await RoomSteps.HarvestAsync(work, ct);
                await work.SetPhaseAsync(CasePhase.Deciding, ct);
                await OpenSteps.OpenAsync(work, step, ct);
                break;
            case "AskApproval":
                await work.SetPhaseAsync(CasePhase.Approving, ct);
                await OpenSteps.OpenAsync(work, step, ct);
                break;
            case "FollowUp":
                await work.SetPhaseAsync(CasePhase.FollowUp, ct);
                await OpenSteps.OpenAsync(work, step, ct, await DecisionSteps.ReviewDueAsync(work, ct));
                break;
            case "Escalate":
                await DecisionSteps.EscalateAsync(work, step.Text("To"), step.Text("Reason"), ct);
                work.CompleteAsked(step, "Done");
                break;
            case "CloseCase":
                await DecisionSteps.CloseAsync(work, ct);
                work.CompleteAsked(step, "Done");
                break;
            case StepCatalog.Delay:
                await OpenSteps.OpenAsync(work, step, ct, work.Now + step.TimeSpan("TimeSpan"));
                break;
            default:
                throw new InvalidOperationException($"The workflow asked for '{step.Activity}', which nothing here carries out.");
        }
    }
}

internal static class AskedStepInputs
{
    public static int Int(this AskedStep step, string input) => step.Inputs[input].GetInt32();

    public static string Text(this AskedStep step, string input) => step.Inputs[input].GetString()!;

    public static TimeSpan TimeSpan(this AskedStep step, string input) =>
        System.TimeSpan.Parse(step.Text(input), System.Globalization.CultureInfo.InvariantCulture);

    public static int? OptionalInt(this AskedStep step, string input) =>
        step.Inputs.TryGetValue(input, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : null;

    public static string? OptionalText(this AskedStep step, string input) =>
        step.Inputs.TryGetValue(input, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
