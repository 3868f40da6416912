using System.Reflection;
using SignalReview.People;
using SignalReview.Web.SignIn;

namespace SignalReview.Web.Api;

/// <summary>Who asks, from the claims alone. Somebody whom the directory does not know is refused by the group's filter.</summary>
internal sealed class Caller
{
    private readonly Actor? actor;

    private Caller(Actor? actor, DateTimeOffset? signedInAt)
    {
        this.actor = actor;
        SignedInAt = signedInAt;
    }

    /// <summary>When they last proved who they are; null: their token does not say.</summary>
    public DateTimeOffset? SignedInAt { get; }

    public bool IsKnown => actor is not null;

    public Actor Actor => actor ?? throw new InvalidOperationException("Nobody by that name; the group lacks its filter.");

    public static async ValueTask<Caller> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var actors = context.RequestServices.GetRequiredService<Actors>();
        return new(await actors.FindAsync(context.User.RequiredSubject(), "api", context.RequestAborted), context.User.SignedInAt());
    }
}
