using Microsoft.AspNetCore.Components;
using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Web.Components.Kit;
using SignalReview.Web.Localization;
using SignalReview.Web.SignIn;

namespace SignalReview.Web.Components.Pages.Cases;

/// <summary>
/// A page about one case. It reads the case as its viewer may see it; a form that comes in becomes a command first, and then either leads on
/// (so that reloading repeats nothing) or comes back with what was typed and the refusal.
/// </summary>
public abstract class CasePage : ComponentBase
{
    private FormErrors? errors;
    private string? leadsTo;

    [Parameter]
    public Guid Id { get; set; }

    [CascadingParameter]
    public required HttpContext Http { get; set; }

    /// <summary>Null until it was read, and when the page leads elsewhere.</summary>
    public CaseView? View { get; private set; }

    /// <summary>The form that came in; null when the page was just opened.</summary>
    public FormPost? Post { get; private set; }

    public Refusal? Refusal { get; private set; }

    /// <summary>There is a case to show, or somewhere to lead on to. A page that turns out not to be there must not have shown a form before.</summary>
    public bool IsThere => View is not null || leadsTo is not null;

    public PersonId Me => Actor?.Person ?? default;

    internal Actor? Actor { get; private set; }

    internal CaseId CaseId => new(Id);

    [Inject]
    internal Actors Actors { get; set; } = null!;

    [Inject]
    internal CaseReads Reads { get; set; } = null!;

    [Inject]
    internal CaseForms Forms { get; set; } = null!;

    [Inject]
    internal RefusalTexts Refusals { get; set; } = null!;

    [Inject]
    internal NavigationManager Navigation { get; set; } = null!;

    [Inject]
    internal TimeProvider Time { get; set; } = null!;

    /// <summary>What is shown, for the trail.</summary>
    protected abstract string Shows { get; }

    protected CancellationToken Gone => Http.RequestAborted;

    /// <summary>What is wrong with the form that came in, field by field.</summary>
    public FormErrors Errors => errors ??= Refusals.Errors(Refusal);

    public string Path(string? page = null) => page is null ? $"/cases/{Id}" : $"/cases/{Id}/{page}";

    public bool Can(string action) => View?.Can.Contains(action) == true;

    /// <summary>The form that came in, when it was this one: what was typed is shown again.</summary>
    public FormPost? PostOf(string action, Guid? target = null)
        => Post is { } post && post.Action == action && post.Target == target ? post : null;

    /// <summary>A form keeps its command's id when it comes back, unless that id was used up.</summary>
    public Guid CommandIdFor(string action, Guid? target = null)
        => PostOf(action, target) is { } post && post.CommandId != Guid.Empty && Refusal?.Code != Refusal.CommandReused.Code
            ? post.CommandId
            : Guid.CreateVersion7(Time.GetUtcNow());

    /// <summary>Goes where the form that was done leads. Only now: a page that leaves before its form was heard is answered as a bad request.</summary>
    public void Leave()
    {
        if (leadsTo is { } path)
        {
            Navigation.NavigateTo(path);
        }
    }

    protected override async Task OnInitializedAsync()
    {
        Actor = await Actors.FindAsync(Http.User.RequiredSubject(), "web", Gone);
        if (Actor is null)
        {
            Navigation.NotFound();
            return;
        }

        Post = await FormPost.ReadAsync(Http.Request, Gone);
        // Leading on ends the rendering, and the renderer answers 400 to a form of which it has not seen the name: let it see it first.
        await Task.Yield();
        if (Post is { Button: null or "send" } && await SendAsync(Post))
        {
            return;
        }

        var read = await ReadAsync(Actor);
        if (read.View is null)
        {
            Navigation.NotFound();
            return;
        }

        View = read.View;
        await LoadAsync();
    }

    /// <summary>What else the page needs, once there is a view.</summary>
    protected virtual Task LoadAsync() => Task.CompletedTask;

    /// <summary>Reads the case, which is in the trail before anything is shown.</summary>
    private protected virtual Task<CaseReadResult> ReadAsync(Actor actor) => Reads.ReadAsync(actor, CaseId, Shows, Gone);

    /// <summary>Where a form leads that was done.</summary>
    protected virtual string After(FormPost post) => Path();

    /// <summary>Leads on after something that was no command.</summary>
    protected void Lead(string path) => leadsTo = path;

    /// <summary>The page shows a refusal of its own, for what is no command.</summary>
    protected void Refuse(Refusal refusal)
    {
        Refusal = refusal;
        errors = null;
        Http.Response.StatusCode = StatusOf(refusal.Kind);
    }

    private async Task<bool> SendAsync(FormPost post)
    {
        var result = await Forms.SendAsync(Actor!, CaseId, post, Gone);
        if (result.Refusal is not { } refusal)
        {
            leadsTo = $"{After(post)}?done={post.Action}";
            return true;
        }

        Refuse(refusal);
        return false;
    }

    internal static int StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.Invalid => StatusCodes.Status422UnprocessableEntity,
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        RefusalKind.Busy => StatusCodes.Status503ServiceUnavailable,
    };
}
