using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Rooms.Wall;
using SignalReview.Web.SignIn;

namespace SignalReview.Web.Components.Pages.Rooms;

/// <summary>
/// Tells a wall that there is something new, and nothing of what: the hub tells who leads the room what was said, and a wall may not even hold
/// that in its memory.
/// </summary>
internal static class WallEndpoints
{
    /// <summary>Also looks by itself: another node's news wakes nobody here.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>Said again when nothing is new, so that a line that died is noticed.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(10);

    public static void MapWall(this IEndpointRouteBuilder routes)
        => routes.MapGet("/cases/{id:guid}/room/wall/news", NewsAsync).ExcludeFromDescription();

    private static async Task<IResult> NewsAsync(
        Guid id,
        HttpContext http,
        Actors actors,
        WallReads walls,
        CommitSignal commits,
        TimeProvider time,
        IHostApplicationLifetime lifetime,
        CancellationToken ct)
    {
        var caseId = new CaseId(id);
        if (await actors.FindAsync(http.User.RequiredSubject(), "web", ct) is not { } actor || await walls.SeqAsync(actor, caseId, ct) is null)
        {
            return Results.NotFound();
        }

        return TypedResults.ServerSentEvents(FollowAsync(caseId, actor, walls, commits, time, lifetime.ApplicationStopping, ct));
    }

    private static async IAsyncEnumerable<SseItem<long>> FollowAsync(
        CaseId caseId,
        Actor actor,
        WallReads walls,
        CommitSignal commits,
        TimeProvider time,
        CancellationToken stopping,
        [EnumeratorCancellation] CancellationToken ct)
    {
        long? told = null;
        var toldAt = time.GetUtcNow();
        while (!ct.IsCancellationRequested && !stopping.IsCancellationRequested)
        {
            var next = commits.Next;
            // Whose access has ended hears nothing more; the page that asks anew is told why.
            if (await walls.SeqAsync(actor, caseId, ct) is not { } seq)
            {
                yield break;
            }

            var now = time.GetUtcNow();
            if (seq != told || now - toldAt >= Beat)
            {
                (told, toldAt) = (seq, now);
                yield return new(seq, "seq");
            }

            await Task.WhenAny(next, Task.Delay(Look, time, ct));
        }
    }
}
