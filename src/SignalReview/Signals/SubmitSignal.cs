using System.Text.Json;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Signals.Images;
using SignalReview.Storage;
using SignalReview.Workflow;

namespace SignalReview.Signals;

internal enum SubmitSignalOutcome
{
    Submitted,

    /// <summary>The legality gate: nothing of the content is kept.</summary>
    Stopped,
    NotTheWriter,
    AlreadySubmitted,
    UnknownWorkflow,
    Incomplete,
}

/// <summary>Freezes a signal and starts its consultation; or stops it at the legality gate.</summary>
internal sealed class SubmitSignal(CommandRunner commands, WorkflowDriver workflow, DefinitionLibrary definitions)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, SubmitSignalCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private async Task<Refusal?> HandleAsync(Work work, SubmitSignalCommand command, CancellationToken ct)
    {
        var definition = command.Workflow ?? DefaultFor(command.Signal.Urgency);
        var problems = SubmissionRules.Problems(command.Signal, work.Now);
        var outcome = Judge(work.File, work.Me, command.Signal, definition, problems);
        if (Refuse(outcome, problems) is { } refusal)
        {
            return refusal;
        }

        await work.ExecuteAsync("signals/delete_drafts", new { CaseId = work.Case }, ct);
        if (outcome == SubmitSignalOutcome.Stopped || command.Signal.IntimateImageOfMinor)
        {
            // The mark may have come after the upload: nothing of it may stay.
            await ImageRules.RemoveAllAsync(work, ct);
        }

        if (outcome == SubmitSignalOutcome.Stopped)
        {
            await StopAtGateAsync(work, ct);
            return null;
        }

        await FreezeAsync(work, command.Signal, ct);
        await CopyMethodAsync(work, definitions[definition], ct);
        await workflow.StartAsync(
            work,
            definition,
            new Dictionary<string, JsonElement>(StringComparer.Ordinal)
            {
                ["CaseId"] = JsonSerializer.SerializeToElement(work.Case),
                ["Urgency"] = JsonSerializer.SerializeToElement(Enums.Text(command.Signal.Urgency!.Value)),
                ["Reopened"] = JsonSerializer.SerializeToElement(false),
            },
            ct);
        return null;
    }

    private SubmitSignalOutcome Judge(
        CaseFile file, PersonId me, SignalSubmission signal, string definition, IReadOnlyList<FieldProblem> problems)
    {
        if (file.Case.SubmitterId != me)
        {
            return SubmitSignalOutcome.NotTheWriter;
        }

        if (file.Phase != CasePhase.Draft)
        {
            return SubmitSignalOutcome.AlreadySubmitted;
        }

        // Before anything else is asked: what was seen in a way that is not allowed is not taken in, complete or not.
        if (signal.Online.AccessRoute == AccessRoute.Unlawful)
        {
            return SubmitSignalOutcome.Stopped;
        }

        if (definitions.Find(definition) is null)
        {
            return SubmitSignalOutcome.UnknownWorkflow;
        }

        return problems.Count > 0 ? SubmitSignalOutcome.Incomplete : SubmitSignalOutcome.Submitted;
    }

    private static async Task FreezeAsync(Work work, SignalSubmission signal, CancellationToken ct)
    {
        var eventId = work.Append("signal.submitted", CaseRole.Submitter, signal);
        await work.ExecuteAsync(
            "signals/submit",
            new
            {
                CaseId = work.Case,
                Phase = CasePhase.Submitted,
                work.Now,
                signal.Urgency,
                signal.SubjectKind,
                signal.AgeBand,
                Platform = signal.Online.Platform,
                signal.Online.Visibility,
                signal.Online.AccessRoute,
                SubmissionEvent = eventId,
            },
            ct);
        foreach (var tag in signal.Tags.Select(t => t.Trim()).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            await work.ExecuteAsync("signals/insert_tag", new { CaseId = work.Case, Tag = tag }, ct);
        }
    }

    /// <summary>The room is held as its template says today, whatever becomes of the template.</summary>
    private async Task CopyMethodAsync(Work work, WorkflowDefinition definition, CancellationToken ct)
    {
        if (definition.Method is { } named && definitions.Methods.Find(named) is { } method)
        {
            await work.ExecuteAsync(
                "rooms/copy_method", new { CaseId = work.Case, Method = method.Id, method.Version, method.Sha256, Json = method.Raw }, ct);
        }
    }

    private static async Task StopAtGateAsync(Work work, CancellationToken ct)
    {
        work.Append("signal.stopped", CaseRole.Submitter, new { reason = "unlawfulAccess" });
        await work.ExecuteAsync("signals/stop_at_gate", new { CaseId = work.Case, AccessRoute = AccessRoute.Unlawful, work.Now }, ct);
    }

    private static string DefaultFor(Urgency? urgency) =>
        urgency == Urgency.Acute ? DefinitionLibrary.Urgent : DefinitionLibrary.CollegialConsultation;

    private static Refusal? Refuse(SubmitSignalOutcome outcome, IReadOnlyList<FieldProblem> problems) => outcome switch
    {
        SubmitSignalOutcome.Submitted or SubmitSignalOutcome.Stopped => null,
        SubmitSignalOutcome.NotTheWriter => Refusal.NotYours,
        SubmitSignalOutcome.AlreadySubmitted => Refusal.Conflict("already-submitted"),
        SubmitSignalOutcome.UnknownWorkflow => Refusal.Invalid(new FieldProblem("workflow", "unknown")),
        SubmitSignalOutcome.Incomplete => Refusal.Invalid(problems),
    };
}
