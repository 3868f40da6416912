using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using SignalReview.People;
using SignalReview.Signals;
using SignalReview.Web.Tests.Pages.Cases;
using SignalReview.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace SignalReview.Web.Tests.Pages.Rooms;

/// <summary>What the room's script makes of its line: who is there, what got lost on the way, and what was being written.</summary>
internal sealed class RoomLineTests
{
    private WebHost host;

    [OneTimeSetUp]
    public void Start() => host = WebHost.Start();

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [Test]
    public async Task News_that_got_lost_on_its_way_is_noticed_and_made_up_for([Values("CaseChanged", "CaseAt")] string comesThrough)
    {
        var walk = await CaseWalk.VotingAsync(host);
        var lost = 0;
        var reader = await Browser.OpenAsync(host, walk.Readers[0]);
        await reader.RouteWebSocketAsync("**/hubs/room*", line =>
        {
            var server = line.ConnectToServer();
            server.OnMessage(frame =>
            {
                // All that says where the case is gets lost, but for one kind; of "CaseChanged" the first.
                if (frame.Text is { } text && (text.Contains("\"CaseAt\"", StringComparison.Ordinal) || text.Contains("\"CaseChanged\"", StringComparison.Ordinal))
                    && (!text.Contains($"\"{comesThrough}\"", StringComparison.Ordinal) || (comesThrough == "CaseChanged" && Interlocked.Increment(ref lost) == 1)))
                {
                    return;
                }

                line.Send(frame.Text!);
            });
        });
        await reader.GotoAsync($"{walk.Path}/room");
        await Expect(reader.Locator("[data-connection]")).ToContainTextAsync("Verbonden");

        var owner = await EnterAsync(walk, CaseWalk.Owner);
        await VoteAsync(owner);
        await owner.Locator("[name=text]").FillAsync("En nog iets.");
        await owner.GetByRole(AriaRole.Button, new() { Name = "Zeg het" }).ClickAsync();
        await Expect(reader.GetByText("En nog iets.")).ToBeVisibleAsync();
        await Expect(reader.Locator("[data-live=head]")).ToContainTextAsync("1 van 4 stemmen binnen.");
    }

    [Test]
    public async Task What_somebody_was_writing_stands_on_their_other_device_too()
    {
        var walk = await CaseWalk.VotingAsync(host);
        var desk = await EnterAsync(walk, walk.Readers[0]);
        await desk.Locator("[name=text]").FillAsync("Half gezegd");
        await desk.GetByLabel("Geen zorg", new() { Exact = true }).CheckAsync();
        await KeptAsync(walk, DraftKind.Message);
        await KeptAsync(walk, DraftKind.Vote);

        var phone = await EnterAsync(walk, walk.Readers[0], 390);
        await Expect(phone.Locator("[name=text]")).ToHaveValueAsync("Half gezegd");
        await Expect(phone.GetByLabel("Geen zorg", new() { Exact = true })).ToBeCheckedAsync();
        var colleague = await EnterAsync(walk, walk.Readers[1]);
        await Expect(colleague.Locator("[name=text]")).ToHaveValueAsync("");
    }

    [Test]
    public async Task Who_looks_elsewhere_shows_as_away_and_typing_ends_by_itself()
    {
        var walk = await CaseWalk.DiscussingAsync(host);
        var owner = await EnterAsync(walk, CaseWalk.Owner);
        var reader = await EnterAsync(walk, walk.Readers[0]);
        var there = owner.Locator($"[data-person='{await walk.IdOfAsync(walk.Readers[0])}']");
        await Expect(there.Locator("[data-presence]")).ToHaveTextAsync("is er");

        await reader.Locator("[name=text]").PressSequentiallyAsync("Ik denk");
        await Expect(owner.Locator("[data-typing]")).ToContainTextAsync("typt…");
        await Expect(owner.Locator("[data-typing]")).ToHaveTextAsync("");

        await LookAsync(reader, "hidden");
        await Expect(there.Locator("[data-presence]")).ToHaveTextAsync("is even weg");
        await Expect(there).Not.ToHaveAttributeAsync("data-here", "");
        await owner.HasNoAxeViolationsAsync();
        await LookAsync(reader, "visible");
        await Expect(there.Locator("[data-presence]")).ToHaveTextAsync("is er");

        await reader.CloseAsync();
        await Expect(there.Locator("[data-presence]")).ToHaveTextAsync("is even weg");
    }

    [Test]
    public async Task Signing_out_in_one_tab_closes_the_room_in_the_other()
    {
        var walk = await CaseWalk.DiscussingAsync(host);
        var room = await EnterAsync(walk, walk.Readers[0]);
        var other = await room.Context.NewPageAsync();
        await other.GotoAsync("/about");
        await other.GetByRole(AriaRole.Button, new() { Name = "Log uit" }).ClickAsync();

        await room.ArrivesAsync("**/sign-in?**");
    }

    private async Task KeptAsync(CaseWalk walk, DraftKind kind)
    {
        var drafts = host.Services.GetRequiredService<DraftStore>();
        var reader = await host.Services.GetRequiredService<Actors>().FindAsync(walk.Readers[0], "test", CancellationToken.None);
        Assert.That(async () => await drafts.FindAsync(reader!, walk.Case, kind, CancellationToken.None), Is.Not.Null.After(10_000, 100));
    }

    private static async Task LookAsync(IPage page, string state) => await page.EvaluateAsync(
        """
        (state) => {
          Object.defineProperty(document, "visibilityState", { configurable: true, get: () => state });
          document.dispatchEvent(new Event("visibilitychange"));
        }
        """,
        state);

    private async Task<IPage> EnterAsync(CaseWalk walk, string person, int width = 1280)
    {
        var page = await Browser.OpenAsync(host, person, width);
        await page.GotoAsync($"{walk.Path}/room");
        await Expect(page.Locator("[data-connection]")).ToContainTextAsync("Verbonden");
        return page;
    }

    private static async Task VoteAsync(IPage page)
    {
        await page.GetByLabel("Geen zorg", new() { Exact = true }).CheckAsync();
        await page.Locator("[name=concern]").FillAsync("5");
        await page.Locator("[name=confidence]").FillAsync("60");
        await page.Locator("[name=reason]").FillAsync("Het rijmt.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Leg mijn stem vast" }).ClickAsync();
        await Expect(page.Locator("#ballot")).ToContainTextAsync("Je hebt gestemd");
    }
}
