namespace SignalReview.Trail.Checking.State;

/// <summary>What is known of a dossier beside one row's own events.</summary>
/// <param name="Times">When something happened in it.</param>
/// <param name="Waiting">What the workflow waits for.</param>
internal sealed record Facts(IReadOnlySet<string> Times, IReadOnlyCollection<string> Waiting);

/// <summary>A column of which the events do not say exactly what it holds, but which of a few.</summary>
/// <param name="Says">What must be so, in English.</param>
/// <param name="Holds">Whether it is.</param>
internal sealed record Claim(string Says, Func<object?, Facts, bool> Holds)
{
    /// <summary>Written in the transaction of one of the dossier's events, whose time is that of the transaction.</summary>
    public static readonly Claim TimeOfAnEvent = new("it is not the time of an event of the dossier", (value, facts) => value is string time && facts.Times.Contains(time));

    /// <summary>Content that was put there; whether it opens is not seen here.</summary>
    public static readonly Claim Content = new("there is no content", (value, _) => value is byte[]);

    /// <summary>Where a running case stands follows from the step that the workflow waits for.</summary>
    public static readonly Claim RunningPhase = new("a running case that waits for what it waits for is not in this phase", Runs);

    private static readonly Dictionary<string, string> PhaseOf = new(StringComparer.Ordinal)
    {
        ["AwaitImmediateDecision"] = "deciding",
        ["Clarify"] = "clarifying",
        ["CollectInterpretations"] = "interpreting",
        ["Compare"] = "comparing",
        ["Discuss"] = "room",
        ["CollectVotes"] = "room",
        ["Weigh"] = "room",
        ["AskDecision"] = "deciding",
        ["AskApproval"] = "approving",
        ["FollowUp"] = "followUp",
    };

    public static Claim OneOf(params string[] values) =>
        new($"it is none of {string.Join(", ", values)}", (value, _) => value is string text && values.Contains(text, StringComparer.Ordinal));

    private static bool Runs(object? value, Facts facts)
    {
        var phases = facts.Waiting.Select(step => PhaseOf.GetValueOrDefault(step)).OfType<string>().ToList();
        return phases.Count > 0 ? phases.Contains(value as string, StringComparer.Ordinal) : value is "submitted" || PhaseOf.ContainsValue(value as string ?? "");
    }
}
