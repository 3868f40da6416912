using SignalReview.Cases;
using SignalReview.People;

namespace SignalReview.Signals.Images;

/// <summary>Takes an image away again, for good; that there was one stays in the trail.</summary>
public sealed record RemoveImageCommand(Guid CommandId, Guid Image) : ICommand;

internal enum RemoveImageOutcome
{
    Removed,
    NotTheWriter,
    Unknown,
}

/// <summary>The submitter can take an image away at any time: nobody should have to keep what should not have been kept.</summary>
internal sealed class RemoveImage(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, RemoveImageCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, RemoveImageCommand command, CancellationToken ct)
    {
        var outcome = work.File.Case.SubmitterId != work.Me ? RemoveImageOutcome.NotTheWriter
            : work.File.Images.All(i => i.AttachmentId != command.Image) ? RemoveImageOutcome.Unknown
            : RemoveImageOutcome.Removed;
        if (outcome == RemoveImageOutcome.Removed)
        {
            work.Append("image.removed", CaseRole.Submitter, new ImageRemovedBody(command.Image));
            await work.ExecuteAsync("signals/delete_attachment", new { CaseId = work.Case, AttachmentId = command.Image }, ct);
        }

        return Refuse(outcome);
    }

    private static Refusal? Refuse(RemoveImageOutcome outcome) => outcome switch
    {
        RemoveImageOutcome.Removed => null,
        RemoveImageOutcome.NotTheWriter => Refusal.NotYours,
        RemoveImageOutcome.Unknown => Refusal.Invalid(new FieldProblem("image", "unknown")),
    };
}

/// <summary>The body of <c>image.removed</c>.</summary>
internal sealed record ImageRemovedBody(Guid Image);
