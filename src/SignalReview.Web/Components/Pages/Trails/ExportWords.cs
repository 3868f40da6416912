using SignalReview.Trail.Audit;
using SignalReview.Web.Components.Kit;
using SignalReview.Web.Localization;

namespace SignalReview.Web.Components.Pages.Trails;

/// <summary>What an export is called on pages.</summary>
internal static class ExportWords
{
    public static string Of(this TimeWords words, Texts texts, ExportJobView job) => job switch
    {
        { Case: { } @case } => texts["Exports.OfCase", CaseNumber.Short(@case)],
        { From: { } from, To: { } to } => texts["Exports.OfPeriod", words.ExactDate(from), words.ExactDate(to)],
        _ => texts["Exports.OfEverything"],
    };

    public static Tone ToneOf(ExportJobState state) => state switch
    {
        ExportJobState.Ready => Tone.Ok,
        ExportJobState.Failed or ExportJobState.Refused => Tone.Error,
        ExportJobState.Asked => Tone.Warning,
        ExportJobState.Approved or ExportJobState.Building => Tone.Info,
        ExportJobState.Cancelled or ExportJobState.Expired => Tone.Neutral,
    };
}
