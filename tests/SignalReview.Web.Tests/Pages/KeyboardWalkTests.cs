using SignalReview.Rooms;
using SignalReview.Rooms.Anonymous;
using SignalReview.Web.Tests.Pages.Cases;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Pages;

/// <summary>Every screen by keyboard alone, with everything unfolded that can be, for a person who uses it.</summary>
internal sealed class KeyboardWalkTests
{
    private WebHost host;
    private Dictionary<string, CaseWalk> walks;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        host = WebHost.Start();
        walks = new(StringComparer.Ordinal)
        {
            ["submitted"] = await CaseWalk.SubmittedAsync(host),
            ["interpreting"] = await CaseWalk.InterpretingAsync(host),
            ["comparing"] = await CaseWalk.ComparingAsync(host),
            ["discussing"] = await CaseWalk.DiscussingAsync(host),
            ["voting"] = await CaseWalk.VotingAsync(host),
            ["consent"] = await CaseWalk.VotingByAsync(host, VoteMethod.Consent),
            ["score"] = await CaseWalk.VotingByAsync(host, VoteMethod.Score),
            ["ranking"] = await CaseWalk.VotingByAsync(host, VoteMethod.Ranking),
            ["detached"] = await CaseWalk.WeighingAsync(host, Anonymity.Detached),
            ["rounds"] = await CaseWalk.TwoRoundsAsync(host),
            ["deciding"] = await CaseWalk.DecidingAsync(host),
            ["approving"] = await CaseWalk.ApprovingAsync(host),
            ["following"] = await CaseWalk.FollowingUpAsync(host),
        };
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [TestCase("submitted", "owner", "")]
    [TestCase("submitted", "reader", "")]
    [TestCase("interpreting", "reader", "read")]
    [TestCase("interpreting", "coordinator", "")]
    [TestCase("comparing", "owner", "compare")]
    [TestCase("comparing", "reader", "compare")]
    [TestCase("discussing", "reader", "room")]
    [TestCase("discussing", "facilitator", "room")]
    [TestCase("voting", "reader", "room")]
    [TestCase("voting", "facilitator", "room")]
    [TestCase("consent", "reader", "room")]
    [TestCase("score", "reader", "room")]
    [TestCase("ranking", "reader", "room")]
    [TestCase("detached", "owner", "room")]
    [TestCase("rounds", "facilitator", "room")]
    [TestCase("rounds", "facilitator", "minutes")]
    [TestCase("deciding", "owner", "decide")]
    [TestCase("deciding", "facilitator", "minutes?edit=agreements")]
    [TestCase("approving", "approver", "approve")]
    [TestCase("approving", "reader", "dissent")]
    [TestCase("following", "owner", "follow-up")]
    public Task A_page_of_a_case(string walk, string who, string page) =>
        WalkAsync(PersonOf(walks[walk], who), $"{walks[walk].Path}/{page}".TrimEnd('/'));

    [TestCase("w1", "/")]
    [TestCase("w7", "/")]
    [TestCase("w7", "/board")]
    [TestCase("w7", "/workflows")]
    [TestCase("w7", "/statistics")]
    [TestCase("w10", "/trails")]
    [TestCase("w1", "/about")]
    public Task A_page_without_a_case(string person, string path) => WalkAsync(person, path);

    [Test]
    public Task The_trail_of_a_case() => WalkAsync("w10", $"/trails/{walks["following"].Case}");

    [Test]
    public async Task A_colleague_votes_on_a_phone_with_the_keyboard_alone()
    {
        var walk = await CaseWalk.VotingAsync(host);
        var page = await Browser.OpenAsync(host, walk.Readers[0], width: 390);
        await page.GotoAsync($"{walk.Path}/room");
        var choice = page.Locator("input[type=radio][name=option]").First;
        for (var press = 0; press < 80 && !await choice.EvaluateAsync<bool>("e => e === document.activeElement"); press++)
        {
            await page.Keyboard.PressAsync("Tab");
        }

        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("ArrowDown");
        Assert.That(await page.Locator("input[type=radio][name=option]").Nth(1).IsCheckedAsync());
        await TabToAsync("reason");
        await page.Keyboard.TypeAsync("Omdat we het hem kunnen vragen.");
        for (var press = 0; press < 10 && !await page.EvaluateAsync<bool>("() => document.activeElement?.matches('button') && document.activeElement.form?.elements.reason !== undefined"); press++)
        {
            await page.Keyboard.PressAsync("Tab");
        }

        await page.Keyboard.PressAsync("Enter");
        await Microsoft.Playwright.Assertions.Expect(page.Locator("main")).ToContainTextAsync("Omdat we het hem kunnen vragen.");

        async Task TabToAsync(string name)
        {
            for (var press = 0; press < 20 && !await page.EvaluateAsync<bool>("name => document.activeElement?.name === name", name); press++)
            {
                await page.Keyboard.PressAsync("Tab");
            }
        }
    }

    private async Task WalkAsync(string person, string path)
    {
        var page = await Browser.OpenAsync(host, person);
        await page.GotoAsync(path);
        Assert.That(new Uri(page.Url).AbsolutePath, Is.EqualTo(path.Split('?')[0]), "the page is another");
        if (path.EndsWith("/room", StringComparison.Ordinal))
        {
            await Microsoft.Playwright.Assertions.Expect(page.Locator("[data-connection]")).ToContainTextAsync("Verbonden");
        }

        await page.EvaluateAsync("() => document.querySelectorAll('details').forEach((details) => { details.open = true; })");
        await page.IsWalkedByTabAsync();
    }

    private static string PersonOf(CaseWalk walk, string who) => who switch
    {
        "owner" => CaseWalk.Owner,
        "reader" => walk.Readers[0],
        "facilitator" => CaseWalk.Facilitator,
        "coordinator" => CaseWalk.Coordinator,
        "approver" => walk.Approver,
        _ => throw new ArgumentOutOfRangeException(nameof(who), who, null),
    };
}
