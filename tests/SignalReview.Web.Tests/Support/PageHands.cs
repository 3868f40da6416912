using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SignalReview.Web.Tests.Support;

/// <summary>How somebody uses a page.</summary>
internal enum Way
{
    Pointer,

    /// <summary>Tab, Enter, Space and arrows, and letters in fields; nothing is pointed at.</summary>
    Keyboard,

    /// <summary>In a browser that runs no scripts.</summary>
    WithoutScript,
}

/// <summary>The same moves on a page in each <see cref="Way"/>.</summary>
internal sealed class PageHands(IPage page, Way way)
{
    private const int Presses = 150;

    public IPage Page => page;

    public static async Task<PageHands> OpenAsync(WebHost host, string person, Way way) =>
        new(await Browser.OpenAsync(host, person, script: way != Way.WithoutScript), way);

    public async Task FillAsync(string field, string text)
    {
        var target = page.Locator(field).First;
        if (way != Way.Keyboard)
        {
            await target.FillAsync(text);
            return;
        }

        await TabToAsync(target);
        await page.Keyboard.TypeAsync(text);
    }

    /// <summary>In a field for a day, in the order in which a browser of this language takes its parts.</summary>
    public Task FillAsync(string field, DateOnly day) =>
        FillAsync(field, day.ToString(way == Way.Keyboard ? "MMddyyyy" : "yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>One of a group of radio buttons; Tab leads to a group, arrows lead through it.</summary>
    public async Task ChooseAsync(string name, string value)
    {
        var wanted = page.Locator($"input[name='{name}'][value='{value}']");
        if (way != Way.Keyboard)
        {
            await wanted.CheckAsync();
            return;
        }

        await TabToAsync(page.Locator($"input[name='{name}']"));
        await page.Keyboard.PressAsync("Space");
        for (var press = 0; !await wanted.IsCheckedAsync(); press++)
        {
            Assert.That(press, Is.LessThan(Presses), $"Arrows do not lead to {name}={value}.");
            await page.Keyboard.PressAsync("ArrowDown");
        }
    }

    public async Task SelectAsync(string name, string value)
    {
        var list = page.Locator($"select[name='{name}']");
        if (way != Way.Keyboard)
        {
            await list.SelectOptionAsync(value);
            return;
        }

        await TabToAsync(list);
        for (var press = 0; await list.InputValueAsync() != value; press++)
        {
            Assert.That(press, Is.LessThan(Presses), $"Arrows do not lead to {name}={value}.");
            await page.Keyboard.PressAsync("ArrowDown");
        }
    }

    public Task PressAsync(string button) => PressAsync(page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).First);

    public async Task PressAsync(ILocator target)
    {
        if (way != Way.Keyboard)
        {
            await target.ClickAsync();
            return;
        }

        await TabToAsync(target);
        await page.Keyboard.PressAsync("Enter");
    }

    private async Task TabToAsync(ILocator targets)
    {
        await Expect(targets.First).ToBeVisibleAsync();
        for (var press = 0; press < Presses; press++)
        {
            if (await targets.EvaluateAllAsync<bool>("elements => elements.includes(document.activeElement)"))
            {
                return;
            }

            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"Tab does not lead to {targets} on {page.Url}.");
    }
}
