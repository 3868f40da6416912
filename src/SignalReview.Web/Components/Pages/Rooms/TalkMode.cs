using SignalReview.Consultations;
using SignalReview.Web.Components.Pages.Cases;

namespace SignalReview.Web.Components.Pages.Rooms;

/// <summary>What the form below the talk is for, as the address or the form that came back says.</summary>
public enum TalkAct { Say, Reply, Edit, Retract }

/// <param name="Act">What.</param>
/// <param name="Message">With which message; null to just say something.</param>
/// <param name="About">For something new: what it is about from the start, as the choice names it.</param>
public sealed record TalkMode(TalkAct Act, MessageView? Message, string? About)
{
    public static TalkMode Of(RoomPage page, RoomView room)
    {
        var query = page.Http.Request.Query;
        // A form that was refused comes back as what it was.
        var mode = page.Post switch
        {
            { Action: "say" } post => post.Id("replyTo") is { } replied ? For(TalkAct.Reply, replied) : null,
            { Action: "editMessage", Target: { } target } => For(TalkAct.Edit, target),
            { Action: "retractMessage", Target: { } target } => For(TalkAct.Retract, target),
            _ => For(TalkAct.Reply, Asked("reply")) ?? For(TalkAct.Edit, Asked("edit")) ?? For(TalkAct.Retract, Asked("retract")),
        };
        return mode ?? new(TalkAct.Say, null, query["about"].LastOrDefault());

        Guid? Asked(string name) => Guid.TryParse(query[name].LastOrDefault(), out var id) ? id : null;

        TalkMode? For(TalkAct act, Guid? id) =>
            room.Messages.FirstOrDefault(m => m.Id == id) is { } message && TalkRights.May(page, act, message) ? new(act, message, null) : null;
    }
}

/// <summary>What is offered with one message; the use cases judge.</summary>
internal static class TalkRights
{
    public static bool May(RoomPage page, TalkAct act, MessageView message) => act switch
    {
        TalkAct.Say => page.Can("say"),
        TalkAct.Reply => page.View!.Room!.MayReply.Count > 0,
        TalkAct.Edit => page.Can("editMessage") && message.By.Id == page.Me && message.Retracted is null,
        TalkAct.Retract => page.Can("retractMessage") && message.Retracted is null && (message.By.Id == page.Me || page.Can("retractAnyMessage")),
    };
}
