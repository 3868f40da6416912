namespace SignalReview.Web.Signals;

/// <summary>The steps of a new signal, in order. A step's address ends with its name in small letters.</summary>
internal enum SignalStep { Danger, Online, Offline, Reading, Question, Check }

internal static class SignalSteps
{
    public static string Slug(this SignalStep step) => step switch
    {
        SignalStep.Danger => "danger",
        SignalStep.Online => "online",
        SignalStep.Offline => "offline",
        SignalStep.Reading => "reading",
        SignalStep.Question => "question",
        SignalStep.Check => "check",
    };

    public static string PathOf(Guid caseId, SignalStep step) => $"/signals/{caseId}/{step.Slug()}";

    public static SignalStep? Find(string slug)
    {
        foreach (var step in Enum.GetValues<SignalStep>())
        {
            if (step.Slug() == slug)
            {
                return step;
            }
        }

        return null;
    }
}
