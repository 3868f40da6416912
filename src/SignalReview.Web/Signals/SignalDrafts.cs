using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Signals;
using SignalReview.Storage;

namespace SignalReview.Web.Signals;

internal enum OpenDraftOutcome
{
    Open,

    /// <summary>It is no draft any more: submitted, stopped or thrown away.</summary>
    Over,
    NotThere,
}

/// <param name="Outcome">What there is.</param>
/// <param name="Draft">What was written so far; empty unless open.</param>
/// <param name="Revision">0 before the first save.</param>
/// <param name="SavedAt">Null before the first save.</param>
/// <param name="Images">How many images go with it.</param>
internal sealed record OpenDraft(OpenDraftOutcome Outcome, SignalDraft Draft, long Revision = 0, DateTimeOffset? SavedAt = null, int Images = 0)
{
    public bool IsOpen => Outcome == OpenDraftOutcome.Open;
}

internal enum SaveStepOutcome
{
    Saved,

    /// <summary>This step was changed elsewhere since the form was made. Nothing is written; both versions come back.</summary>
    Conflict,

    /// <summary>Seen in a way that is not allowed: nothing of the step is kept.</summary>
    Unlawful,
    Unreadable,
    TooLarge,
    Gone,
    Busy,
}

/// <param name="Outcome">What it came to.</param>
/// <param name="Stored">The draft as it is stored now.</param>
/// <param name="SavedAt">Since when.</param>
/// <param name="Unreadable">For that outcome: the fields.</param>
internal sealed record SaveStepResult(SaveStepOutcome Outcome, SignalDraft Stored, DateTimeOffset? SavedAt, IReadOnlyList<SignalField> Unreadable);

/// <summary>Reads and writes a draft step by step, so that two devices that work on different steps do not disturb each other.</summary>
internal sealed class SignalDrafts(IDatabase database, DraftStore drafts)
{
    private const int Attempts = 5;

    public async Task<OpenDraft> FindAsync(Actor actor, CaseId caseId, CancellationToken ct)
    {
        CaseFile? file;
        await using (var db = await database.OpenReadAsync(ct))
        {
            file = await CaseStore.LoadAsync(db, caseId, ct);
        }

        if (file is null || file.Case.SubmitterId != actor.Person)
        {
            return new(OpenDraftOutcome.NotThere, SignalDraft.Empty);
        }

        if (file.Phase != CasePhase.Draft)
        {
            return new(OpenDraftOutcome.Over, SignalDraft.Empty);
        }

        return await drafts.FindAsync(actor, caseId, DraftKind.Signal, ct) is { } draft
            ? new(OpenDraftOutcome.Open, SignalDraft.From(draft.Content), draft.Revision, draft.SavedAt, file.Images.Count)
            : new(OpenDraftOutcome.Open, SignalDraft.Empty, Images: file.Images.Count);
    }

    /// <param name="actor">The writer.</param>
    /// <param name="caseId">The draft case.</param>
    /// <param name="values">What the form sent.</param>
    /// <param name="madeFrom">The fingerprint of the step when the form was made.</param>
    /// <param name="ct">The caller's token.</param>
    public async Task<SaveStepResult> SaveAsync(Actor actor, CaseId caseId, StepValues values, string? madeFrom, CancellationToken ct)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var open = await FindAsync(actor, caseId, ct);
            if (Judge(open, values, madeFrom, out var written) is { } verdict)
            {
                return verdict;
            }

            var result = await drafts.SaveAsync(actor, caseId, DraftKind.Signal, written.ToJson(), open.Revision, ct);
            switch (result.Outcome)
            {
                case SaveDraftOutcome.Saved:
                    return new(SaveStepOutcome.Saved, written, result.Draft!.SavedAt, []);
                case SaveDraftOutcome.TooLarge:
                    return new(SaveStepOutcome.TooLarge, open.Draft, open.SavedAt, []);
                case SaveDraftOutcome.NotKept or SaveDraftOutcome.NotYours:
                    return new(SaveStepOutcome.Gone, SignalDraft.Empty, null, []);
                case SaveDraftOutcome.Outdated:
                    break; // another device saved between reading and writing: look again whether it was this step
            }
        }

        return new(SaveStepOutcome.Busy, SignalDraft.Empty, null, []);
    }

    /// <summary>Writes the whole draft; for a change that the page makes itself, such as a pseudonym put in everywhere.</summary>
    public async Task<bool> ReplaceAsync(Actor actor, CaseId caseId, OpenDraft open, SignalDraft changed, CancellationToken ct) =>
        (await drafts.SaveAsync(actor, caseId, DraftKind.Signal, changed.ToJson(), open.Revision, ct)).Outcome == SaveDraftOutcome.Saved;

    /// <returns>Null when <paramref name="written"/> is to be saved.</returns>
    private static SaveStepResult? Judge(OpenDraft open, StepValues values, string? madeFrom, out SignalDraft written)
    {
        written = open.Draft;
        if (!open.IsOpen)
        {
            return new(SaveStepOutcome.Gone, SignalDraft.Empty, null, []);
        }

        if (values.Step == SignalStep.Online && values[SignalFields.AccessRoute] == Enums.Text(AccessRoute.Unlawful))
        {
            return new(SaveStepOutcome.Unlawful, open.Draft, open.SavedAt, []);
        }

        written = values.WriteTo(open.Draft, out var unreadable);
        if (unreadable.Count > 0)
        {
            return new(SaveStepOutcome.Unreadable, open.Draft, open.SavedAt, unreadable);
        }

        var stored = StepValues.Of(values.Step, open.Draft).Fingerprint;
        if (open.Revision > 0 && StepValues.Of(values.Step, written).Fingerprint == stored)
        {
            return new(SaveStepOutcome.Saved, open.Draft, open.SavedAt, []); // sent twice, or nothing changed
        }

        return open.Revision > 0 && madeFrom != stored ? new(SaveStepOutcome.Conflict, open.Draft, open.SavedAt, []) : null;
    }
}
