using SignalReview.Privacy.Erasure;
using SignalReview.Web.Components.Kit;

namespace SignalReview.Web.Components.Pages.Privacy;

internal static class ErasureTones
{
    public static Tone Of(ErasureState state) => state switch
    {
        ErasureState.Requested or ErasureState.Checked => Tone.Info,
        ErasureState.Approved => Tone.Warning,
        ErasureState.Declined => Tone.Neutral,
        ErasureState.Erased => Tone.Ok,
    };
}
