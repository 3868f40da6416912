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
        await AddDeadlineAsync(work, DeadlineKind.Step, step.Node, null, due, ct);
        if (step.OptionalInt("ReminderHours") is { } before && due - TimeSpan.FromHours(before) is var remind && remind > work.Now)
        {
            await AddDeadlineAsync(work, DeadlineKind.Reminder, step.Node, null, remind, ct);
        }

        return due;
    }

    public static Task AddDeadlineAsync(Work work, DeadlineKind kind, string? node, PersonId? person, DateTimeOffset due, CancellationToken ct) =>
        work.ExecuteAsync(
            "workflow/insert_deadline",
            new { DeadlineId = work.NewId(), CaseId = work.Case, Kind = kind, Node = node, PersonId = person, DueAt = due },
            ct);

    private static DateTimeOffset Due(DateTimeOffset now, AskedStep step, TeamCalendar calendar)
    {
        var span = step.OptionalInt(StepCatalog.DeadlineMinutes) is { } minutes
            ? TimeSpan.FromMinutes(minutes)
            : TimeSpan.FromHours(step.Int(StepCatalog.DeadlineHours));
        return step.OptionalText("Clock") == "wall" ? now + span : WorkingTime.Add(calendar, now, span);
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
}

internal static class OpenStepInputs
{
    /// <summary>A whole number that the step was asked with.</summary>
    public static int Input(this OpenStepRow step, string name)
    {
        using var inputs = JsonDocument.Parse(step.Inputs);
        return inputs.RootElement.GetProperty(name).GetInt32();
    }
}
