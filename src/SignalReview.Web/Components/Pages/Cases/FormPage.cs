using Microsoft.AspNetCore.Components;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Web.Components.Kit;
using SignalReview.Web.SignIn;

namespace SignalReview.Web.Components.Pages.Cases;

/// <summary>
/// A page whose forms give commands: one that comes in is carried out first, and then either leads on (so that reloading repeats nothing) or comes
/// back with what was typed and the refusal.
/// </summary>
public abstract class FormPage : ComponentBase
{
    private FormErrors? errors;
    private string? leadsTo;

    [CascadingParameter]
    public required HttpContext Http { get; set; }

    /// <summary>The form that came in; null when the page was just opened.</summary>
    public FormPost? Post { get; private set; }

    public Refusal? Refusal { get; private set; }

    /// <summary>There is something to show, or somewhere to lead on to. A page that turns out not to be there must not have shown a form before.</summary>
    public bool IsThere => HasContent || leadsTo is not null;

    public PersonId Me => Actor?.Person ?? default;

    internal Actor? Actor { get; private set; }

    [Inject]
    internal Actors Actors { get; set; } = null!;

    [Inject]
    internal RefusalTexts Refusals { get; set; } = null!;

    [Inject]
    internal NavigationManager Navigation { get; set; } = null!;

    [Inject]
    internal TimeProvider Time { get; set; } = null!;

    /// <summary>What is wrong with the form that came in, field by field.</summary>
    public FormErrors Errors => errors ??= Refusals.Errors(Refusal);

    protected CancellationToken Gone => Http.RequestAborted;

    /// <summary>It was read.</summary>
    protected abstract bool HasContent { get; }

    /// <summary>Whether the viewer may give this command now, so that its form is shown.</summary>
    public abstract bool Can(string action);

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

        if (!await ShowAsync(Actor))
        {
            Navigation.NotFound();
        }
    }

    /// <summary>Gives the form's command.</summary>
    private protected abstract Task<CommandResult> SendAsync(Actor actor, FormPost post);

    /// <summary>Reads what is shown.</summary>
    /// <returns>False: there is no such page for this viewer.</returns>
    private protected abstract Task<bool> ShowAsync(Actor actor);

    /// <summary>Where a form leads that was done.</summary>
    protected abstract string After(FormPost post);

    /// <summary>Where the command that was done leads; what it made is known here.</summary>
    private protected virtual string AfterDone(FormPost post, CommandResult result) => After(post);

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
        var result = await SendAsync(Actor!, post);
        if (result.Refusal is not { } refusal)
        {
            leadsTo = $"{AfterDone(post, result)}?done={post.Action}";
            return true;
        }

        Refuse(refusal);
        return false;
    }

    private static int StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.Invalid => StatusCodes.Status422UnprocessableEntity,
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        RefusalKind.Busy => StatusCodes.Status503ServiceUnavailable,
    };
}
