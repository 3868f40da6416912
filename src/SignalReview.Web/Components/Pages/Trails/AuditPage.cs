using Microsoft.AspNetCore.Components;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Trail;
using SignalReview.Web.Components.Kit;
using SignalReview.Web.Components.Pages.Cases;
using SignalReview.Web.Localization;
using SignalReview.Web.SignIn;

namespace SignalReview.Web.Components.Pages.Trails;

/// <summary>
/// A page that is about trails rather than about working on a case. It reads for whoever opens it, and shows a refusal instead when it is not theirs; a
/// form that comes in is carried out first, and then either leads on or comes back with what was typed and the refusal.
/// </summary>
public abstract class AuditPage : ComponentBase
{
    private FormErrors? errors;
    private string? leadsTo;

    [CascadingParameter]
    public required HttpContext Http { get; set; }

    /// <summary>Why there is nothing to see here for this viewer.</summary>
    public Refusal? Closed { get; private set; }

    /// <summary>Why the form that came in was not carried out.</summary>
    public Refusal? Refusal { get; private set; }

    /// <summary>The form that came in; null when the page was just opened.</summary>
    public FormPost? Post { get; private set; }

    public FormErrors Errors => errors ??= Refusals.Errors(Refusal);

    internal Actor? Actor { get; private set; }

    [Inject]
    internal Actors Actors { get; set; } = null!;

    [Inject]
    internal Cases.RefusalTexts Refusals { get; set; } = null!;

    [Inject]
    internal NavigationManager Navigation { get; set; } = null!;

    [Inject]
    internal TimeProvider Time { get; set; } = null!;

    protected CancellationToken Gone => Http.RequestAborted;

    /// <summary>A form keeps its command's id when it comes back.</summary>
    public Guid CommandId(string action) => Post is { } post && post.Action == action && post.CommandId != Guid.Empty && Refusal?.Code != Refusal.CommandReused.Code
        ? post.CommandId
        : Guid.CreateVersion7(Time.GetUtcNow());

    /// <summary>What was typed in this form, when it is the one that came back.</summary>
    public string? Typed(string action, string field) => Post is { } post && post.Action == action ? post.Text(field) : null;

    /// <summary>Goes where the form that was done leads; called by the one form that the renderer knows by name.</summary>
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
        if (Post is not null && await SendAsync(Actor, Post) is { } path)
        {
            leadsTo = path;
            return;
        }

        await LoadAsync(Actor);
    }

    /// <summary>Reads what the page shows, which is in the trail before anything is shown.</summary>
    private protected abstract Task LoadAsync(Actor actor);

    /// <summary>Carries out the form that came in.</summary>
    /// <returns>Where it leads; null when it was refused.</returns>
    private protected virtual Task<string?> SendAsync(Actor actor, FormPost post) => Task.FromResult<string?>(null);

    /// <summary>Where a form leads that was done; or its refusal is shown.</summary>
    private protected string? After(CommandResult result, string path) => result.Refusal is { } refusal ? Refuse(refusal) : path;

    private protected string? Refuse(Refusal refusal)
    {
        Refusal = refusal;
        errors = null;
        Http.Response.StatusCode = CasePage.StatusOf(refusal.Kind);
        return null;
    }

    /// <summary>What was read; when it was refused the page says so, or is not there.</summary>
    private protected T? Open<T>(TrailReadResult<T> read)
        where T : class
    {
        if (read.Refusal is { Kind: RefusalKind.NotFound })
        {
            Navigation.NotFound();
        }
        else if (read.Refusal is { } refusal)
        {
            Closed = refusal;
            Http.Response.StatusCode = CasePage.StatusOf(refusal.Kind);
        }

        return read.View;
    }
}
