using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Trail;

namespace SignalReview.Comparing;

/// <summary>Who may tick and look into what, and until when.</summary>
internal static class ComparingRules
{
    /// <summary>From the reveal until the case is over.</summary>
    public static bool IsOpen(CaseFile file) => file.Case.RevealedAt is not null && file.Phase != CasePhase.Draft && !file.IsOver;

    /// <summary>The submitter, the owner and the readers; who leads the room leads, and has no reading to weigh it by.</summary>
    public static bool MayTakePart(CaseFile file, PersonId person) => file.Voters.Contains(person);

    public static CaseRole RoleOf(Work work) => RoomRules.TakesPartAs(work.File, work.Me);

    /// <returns>Null when there is no such reading, or it is not revealed.</returns>
    public static InterpretationRow? FindReading(CaseFile file, Guid reading) =>
        file.Interpretations.FirstOrDefault(r => BlindViewSight.IsRevealed(r) && BlindViewAnchors.IdOf(file, r) == reading);

    public static EnquiryRow? EnquiryInto(CaseFile file, InterpretationRow reading) =>
        file.Enquiries.FirstOrDefault(e => e.ReadingEvent == reading.EventId);

    /// <summary>Somebody found something on this person's own reading, and waits to hear what it does to it.</summary>
    public static bool AsksAbout(CaseFile file, PersonId person) => file.Enquiries.Any(
        e => e.State == EnquiryState.Reported && file.Interpretations.Any(r => r.EventId == e.ReadingEvent && r.PersonId == person));

    /// <summary>What the reader wrote would change their mind; null when they wrote nothing.</summary>
    public static async Task<string?> QuestionAsync(Work work, InterpretationRow reading, CancellationToken ct) =>
        await TrailBodies.ReadAsync<Interpretation>(work.Db, work.Dossier, reading.EventId, ct) is { WouldChangeMyMind: { } text }
            && !string.IsNullOrWhiteSpace(text)
                ? text
                : null;

    /// <summary>All entries that say the same as the one with this id; empty when there is none.</summary>
    public static async Task<IReadOnlyList<ListedItem<InterpretationRow>>> FindMissingAsync(Work work, Guid item, CancellationToken ct)
    {
        var listed = new List<ListedItem<InterpretationRow>>();
        foreach (var row in work.File.Interpretations.Where(r => BlindViewSight.IsRevealed(r)))
        {
            // What was erased has no words left to be ticked.
            var reading = await TrailBodies.ReadAsync<Interpretation>(work.Db, work.Dossier, row.EventId, ct);
            listed.AddRange((reading?.Missing ?? []).Select((text, place) => new ListedItem<InterpretationRow>(row, place, text)));
        }

        return LikeItems.Merge(listed).FirstOrDefault(
            group => group.Any(i => ComparingIds.Missing(BlindViewAnchors.IdOf(work.File, i.Source), i.Place) == item)) ?? [];
    }

    /// <summary>The ticks on any of these entries.</summary>
    public static IReadOnlyList<MissingCheckRow> ChecksOf(CaseFile file, IReadOnlyList<ListedItem<InterpretationRow>> items) =>
        [.. file.MissingChecks.Where(c => items.Any(i => i.Source.EventId == c.ReadingEvent && i.Place == c.Place))];
}
