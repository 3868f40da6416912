using System.Text.Json;
using SignalReview.Cases;
using SignalReview.People;

namespace SignalReview.Workflow;

/// <summary>Steps that wait, each with a deadline that outlives the process.</summary>
internal static class OpenSteps
{
    /// <param name="work">The case.</param>
    /// <param name="step">What was asked.</param>
    /// <param name="ct">The caller's token.</param>
    /// <param name="dueAt">A deadline from elsewhere; null: as the step's inputs say.</param>
    /// <returns>The deadline.</returns>
    public static async Task<DateTimeOffset> OpenAsync(Work work, AskedStep step, CancellationToken ct, DateTimeOffset? dueAt = null)
    {
        var calendar = await TeamHours.LoadAsync(work.Db, work.File.Case.Team, ct);
        var due = dueAt ?? Due(work.Now, step, calendar);
        await work.ExecuteAsync(
            "workflow/insert_open_step",
            new { CaseId = work.Case, step.Node, step.Activity, Inputs = JsonSerializer.Serialize(step.Inputs), AskedAt = work.Now, DueAt = due },
            ct);
        await AddStepDeadlinesAsync(work, step.Node, due, step.OptionalInt(StepCatalog.ReminderHours), ct);
        return due;
    }

    /// <summary>The step's own deadline, and the reminder ahead of it where there is still time for one.</summary>
    /// <param name="work">The case.</param>
    /// <param name="node">The step.</param>
    /// <param name="due">Its deadline.</param>
    /// <param name="reminderHours">How long before; null for none.</param>
    /// <param name="ct">The caller's token.</param>
    public static async Task AddStepDeadlinesAsync(Work work, string node, DateTimeOffset due, int? reminderHours, CancellationToken ct)
    {
        await AddDeadlineAsync(work, DeadlineKind.Step, node, null, due, ct);
        if (reminderHours is { } before && due - TimeSpan.FromHours(before) is var remind && remind > work.Now)
        {
            await AddDeadlineAsync(work, DeadlineKind.Reminder, node, null, remind, ct);
        }
    }

    public static Task AddDeadlineAsync(Work work, DeadlineKind kind, string? node, PersonId? person, DateTimeOffset due, CancellationToken ct) =>
        work.ExecuteAsync(
            "workflow/insert_deadline",
            new { DeadlineId = work.NewId(), CaseId = work.Case, Kind = kind, Node = node, PersonId = person, DueAt = due },
            ct);

    /// <summary>When a step is due that is asked now, as its inputs say.</summary>
    public static DateTimeOffset Due(DateTimeOffset now, AskedStep step, TeamCalendar calendar)
    {
        var span = step.OptionalInt(StepCatalog.DeadlineMinutes) is { } minutes
            ? TimeSpan.FromMinutes(minutes)
            : TimeSpan.FromHours(step.Int(StepCatalog.DeadlineHours));
        return step.OptionalText(StepCatalog.Clock) == StepCatalog.WallClock ? now + span : WorkingTime.Add(calendar, now, span);
    }
}

/// <summary>What a deadline is about.</summary>
internal enum DeadlineKind
{
    /// <summary>A step's own deadline.</summary>
    Step,

    /// <summary>A reminder before it.</summary>
    Reminder,

    /// <summary>An invitation that nobody answered.</summary>
    Invitation,

    /// <summary>A pause that has lasted as long as one may: the step's deadline runs on.</summary>
    Resume,

    /// <summary>The clock of a room's phase runs out. It ends nothing.</summary>
    Clock,

    /// <summary>The time to approve the minutes is up: they are fixed as they lie.</summary>
    Minutes,
}

internal static class OpenStepInputs
{
    /// <summary>A whole number that the step was asked with.</summary>
    public static int Input(this OpenStepRow step, string name) =>
        step.OptionalInput(name) ?? throw new InvalidOperationException($"The step '{step.Node}' was asked without a number '{name}'.");

    /// <summary>As <see cref="Input"/>; null where the definition leaves it out.</summary>
    public static int? OptionalInput(this OpenStepRow step, string name)
    {
        using var inputs = JsonDocument.Parse(step.Inputs);
        return inputs.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : null;
    }

    /// <summary>Every hour counts for its deadline, not only those in which the team works.</summary>
    public static bool IsByWallClock(this OpenStepRow step)
    {
        using var inputs = JsonDocument.Parse(step.Inputs);
        return step.Activity is StepCatalog.Delay or StepCatalog.FollowUp // a length and a date that were given as such
            || (inputs.RootElement.TryGetProperty(StepCatalog.Clock, out var clock) && clock.ValueEquals(StepCatalog.WallClock));
    }
}
