using System.Text.Json;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Storage;
using SignalReview.Trail;

namespace SignalReview.Signals.Images;

/// <summary>Adds an image to one's signal. Description first: an image without words is refused.</summary>
/// <param name="CommandId">Made by the client.</param>
/// <param name="Description">What is to be seen on it.</param>
/// <param name="OriginalSha256">Of the bytes that go with the command, set by the server: a retry must send the same image.</param>
public sealed record AttachImageCommand(Guid CommandId, string? Description, string OriginalSha256) : ICommand;

internal enum AttachImageOutcome
{
    Attached,
    NotTheWriter,
    Over,
    IntimateImage,
    TooMany,
    TooLarge,
    Unreadable,
    Incomplete,
}

/// <summary>Keeps an image as its pixels alone, encrypted under the dossier's key.</summary>
internal sealed class AttachImage(CommandRunner commands)
{
    private const int MostImages = 6;

    public async Task<CommandResult> RunAsync(
        Actor actor, CaseId caseId, Guid commandId, string? description, byte[] original, CancellationToken ct)
    {
        var image = original.Length > ImageCleaner.MostBytes ? null : ImageCleaner.Clean(original);
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(original));
        return await commands.RunAsync(
            actor,
            caseId,
            new AttachImageCommand(commandId, description, hash),
            (work, command, token) => HandleAsync(work, command, original.Length, image, token),
            ct);
    }

    private static async Task<Refusal?> HandleAsync(Work work, AttachImageCommand command, int length, CleanImage? image, CancellationToken ct)
    {
        var check = new FieldCheck();
        check.Required("description", command.Description);
        var outcome = await JudgeAsync(work, check, length, image, ct);
        if (outcome == AttachImageOutcome.Attached)
        {
            await KeepAsync(work, command.Description!, image!, ct);
        }

        return Refuse(outcome, check.Problems);
    }

    private static async Task<AttachImageOutcome> JudgeAsync(Work work, FieldCheck check, int length, CleanImage? image, CancellationToken ct)
    {
        var file = work.File;
        if (file.Case.SubmitterId != work.Me)
        {
            return AttachImageOutcome.NotTheWriter;
        }

        if (file.IsOver)
        {
            return AttachImageOutcome.Over;
        }

        if (await IsIntimateAsync(work, ct))
        {
            return AttachImageOutcome.IntimateImage;
        }

        return file.Images.Count >= MostImages ? AttachImageOutcome.TooMany
            : length > ImageCleaner.MostBytes ? AttachImageOutcome.TooLarge
            : image is null ? AttachImageOutcome.Unreadable
            : check.Problems.Count > 0 ? AttachImageOutcome.Incomplete
            : AttachImageOutcome.Attached;
    }

    /// <summary>Nothing may be uploaded when the signal is about an intimate image of a minor, whichever form it is in.</summary>
    private static async Task<bool> IsIntimateAsync(Work work, CancellationToken ct)
    {
        if (work.File.Case.SubmissionEvent is { } submission)
        {
            return await TrailBodies.ReadAsync<SignalSubmission>(work.Db, work.Dossier, submission, ct) is { IntimateImageOfMinor: true };
        }

        var draft = await DraftStore.ReadAsync(work.Db, work.Dossier, work.Me, DraftKind.Signal, ct);
        return draft is { Content.ValueKind: JsonValueKind.Object }
            && draft.Content.TryGetProperty("intimateImageOfMinor", out var intimate) && intimate.ValueKind == JsonValueKind.True;
    }

    private static async Task KeepAsync(Work work, string description, CleanImage image, CancellationToken ct)
    {
        var id = work.NewId();
        work.Created = id;
        var body = new ImageBody(id, description, image.OriginalSha256, image.KeptSha256);
        var eventId = work.Append("image.attached", CaseRole.Submitter, body);
        await work.ExecuteAsync(
            "signals/insert_attachment",
            new
            {
                AttachmentId = id,
                CaseId = work.Case,
                EventId = eventId,
                AddedById = work.Me,
                AddedAt = work.Now,
                image.Width,
                image.Height,
                image.OriginalSha256,
                image.KeptSha256,
                Content = work.Dossier.Key.Encrypt(image.Jpeg, id),
            },
            ct);
    }

    private static Refusal? Refuse(AttachImageOutcome outcome, IReadOnlyList<FieldProblem> problems) => outcome switch
    {
        AttachImageOutcome.Attached => null,
        AttachImageOutcome.NotTheWriter => Refusal.NotYours,
        AttachImageOutcome.Over => Refusal.Conflict("case-not-running"),
        AttachImageOutcome.IntimateImage => Refusal.Conflict("image-not-allowed"),
        AttachImageOutcome.TooMany => Refusal.Conflict("too-many-images"),
        AttachImageOutcome.TooLarge => Refusal.Invalid(new FieldProblem("image", "tooLarge")),
        AttachImageOutcome.Unreadable => Refusal.Invalid(new FieldProblem("image", "notAnImage")),
        AttachImageOutcome.Incomplete => Refusal.Invalid(problems),
    };
}

/// <summary>The body of <c>image.attached</c>.</summary>
internal sealed record ImageBody(Guid Image, string Description, string OriginalSha256, string KeptSha256);
