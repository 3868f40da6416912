using SignalReview.Comparing;

namespace SignalReview.Consultations;

// The revealed readings side by side. Made of the views of the readings alone: whom a viewer may not know there, they do not know here.
internal sealed partial class BlindView
{
    private CaseView WithComparison(CaseView view)
    {
        if (!sight.Comparison || view.Readings.Revealed is not { } readings)
        {
            return view;
        }

        var comparison = Compare(readings);
        return view with { Comparison = comparison, Can = Offered(view.Can, comparison) };
    }

    /// <summary>What there is to tick and to take up stands in what readers wrote, so only here it is known.</summary>
    private static HashSet<string> Offered(IReadOnlySet<string> can, ComparisonView comparison)
    {
        var offered = can.ToHashSet(StringComparer.Ordinal);
        if (comparison.Missing.All(m => m.Check is not null))
        {
            offered.Remove("checkMissing");
        }

        if (comparison.Enquiries.All(e => e.State != EnquiryState.Open))
        {
            offered.Remove("takeEnquiry");
        }

        return offered;
    }

    private ComparisonView Compare(IReadOnlyList<ReadingView> readings)
    {
        var pro = Merge(readings, r => r.EvidenceFor);
        var contra = Merge(readings, r => r.EvidenceAgainst);
        return new(
            [.. pro.Select(group => Evidence(group, contra))],
            [.. contra.Select(group => Evidence(group, pro))],
            [.. Merge(readings, r => r.Missing).Select(Missing)],
            [.. readings.Select(Enquiry).OfType<EnquiryView>()]);
    }

    private static IReadOnlyList<IReadOnlyList<ListedItem<ReadingView>>> Merge(
        IReadOnlyList<ReadingView> readings, Func<Interpretation, IReadOnlyList<string>> list) =>
        LikeItems.Merge(readings.SelectMany(r => list(r.Interpretation).Select((text, place) => new ListedItem<ReadingView>(r, place, text))));

    private static EvidenceView Evidence(
        IReadOnlyList<ListedItem<ReadingView>> group, IReadOnlyList<IReadOnlyList<ListedItem<ReadingView>>> otherSide) =>
        new(group[0].Text, [.. group.Select(Brought)], otherSide.Any(other => LikeItems.AreAlike(other[0].Text, group[0].Text)));

    private static BroughtBy Brought(ListedItem<ReadingView> item) =>
        new(item.Source.By, item.Source.Interpretation.ReadingPosition, item.Text);

    private MissingView Missing(IReadOnlyList<ListedItem<ReadingView>> group)
    {
        var ids = group.Select(i => ComparingIds.Missing(i.Source.Id, i.Place)).ToList();
        var check = file.MissingChecks.FirstOrDefault(c => IdOf(c.ReadingEvent) is { } reading && ids.Contains(ComparingIds.Missing(reading, c.Place)));
        return new(
            ids[0],
            group[0].Text,
            [.. group.Select(Brought)],
            check is null ? null : new(Ref(check.PersonId), check.CheckedAt, bodies.Find<MissingCheckedBody>(check.EventId)?.Found));
    }

    private EnquiryView? Enquiry(ReadingView reading)
    {
        if (string.IsNullOrWhiteSpace(reading.Interpretation.WouldChangeMyMind))
        {
            return null;
        }

        var row = file.Enquiries.FirstOrDefault(e => IdOf(e.ReadingEvent) == reading.Id);
        return new(
            reading.Id,
            reading.By,
            reading.Interpretation.WouldChangeMyMind,
            file.Interpretations.Any(r => r.PersonId == me && BlindViewAnchors.IdOf(file, r) == reading.Id),
            row?.State ?? EnquiryState.Open,
            row is null ? null : Ref(row.TakenById),
            row?.TakenAt,
            bodies.Find<EnquiryReportedBody>(row?.ReportEvent)?.Found,
            row?.ReportedAt,
            row?.ReadingChange,
            bodies.Find<EnquiryAnsweredBody>(row?.AnswerEvent)?.Reason,
            file.ReadingAnonymity == Rooms.Anonymity.Named ? row?.AnsweredAt : null) // with a letter its moment would tell who answered
        {
            TakenByMe = row?.TakenById == me,
        };
    }

    /// <summary>The name of the reading that this event holds.</summary>
    private Guid? IdOf(Guid readingEvent) => file.Interpretations.FirstOrDefault(r => r.EventId == readingEvent) is { } row ? BlindViewAnchors.IdOf(file, row) : null;
}
