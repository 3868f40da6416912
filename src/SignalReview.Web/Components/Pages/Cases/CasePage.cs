using Microsoft.AspNetCore.Components;
using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;

namespace SignalReview.Web.Components.Pages.Cases;

/// <summary>A page about one case. It reads the case as its viewer may see it.</summary>
public abstract class CasePage : FormPage
{
    [Parameter]
    public Guid Id { get; set; }

    /// <summary>Null until it was read, and when the page leads elsewhere.</summary>
    public CaseView? View { get; private set; }

    /// <summary>The case of the address; a page about something in a case finds it first.</summary>
    internal virtual CaseId CaseId => new(Id);

    [Inject]
    internal CaseReads Reads { get; set; } = null!;

    [Inject]
    internal CaseForms Forms { get; set; } = null!;

    /// <summary>What is shown, for the trail.</summary>
    protected abstract string Shows { get; }

    protected override bool HasContent => View is not null;

    public string Path(string? page = null) => page is null ? $"/cases/{Id}" : $"/cases/{Id}/{page}";

    public override bool Can(string action) => View?.Can.Contains(action) == true;

    /// <summary>What else the page needs, once there is a view.</summary>
    protected virtual Task LoadAsync() => Task.CompletedTask;

    /// <summary>Reads the case, which is in the trail before anything is shown.</summary>
    private protected virtual Task<CaseReadResult> ReadAsync(Actor actor) => Reads.ReadAsync(actor, CaseId, Shows, Gone);

    private protected override Task<CommandResult> SendAsync(Actor actor, FormPost post) => Forms.SendAsync(actor, CaseId, post, Gone);

    private protected override async Task<bool> ShowAsync(Actor actor)
    {
        var read = await ReadAsync(actor);
        if (read.View is null)
        {
            return false;
        }

        View = read.View;
        await LoadAsync();
        return true;
    }

    protected override string After(FormPost post) => Path();

    internal static int StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.Invalid => StatusCodes.Status422UnprocessableEntity,
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        RefusalKind.Busy => StatusCodes.Status503ServiceUnavailable,
    };
}
