using System.Collections.Concurrent;
using Microsoft.Playwright;
using NUnit.Framework.Interfaces;
using SignalReview.Web.Tests.Support;

[assembly: ClosesTabs]

namespace SignalReview.Web.Tests.Support;

/// <summary>
/// One browser for the whole test run: whatever Chromium, Chrome or Edge the machine has. A test that needs it where there is
/// none is skipped and says so.
/// </summary>
[SetUpFixture]
internal sealed class Browser
{
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    // On a machine that is busy with other things a page takes its time. A test that hangs costs a minute; one that gives up too soon costs trust.
    private const float Patience = 60_000;

    private static readonly ConcurrentDictionary<IBrowserContext, Opened> Tabs = new();
    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static IPlaywright? playwright;
    private static IBrowser? browser;

    [OneTimeTearDown]
    public async Task CloseAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
    }

    /// <summary>A tab of its own: own cookies, own language, signed in as <paramref name="person"/> when one is named.</summary>
    public static async Task<IPage> OpenAsync(WebHost host, string? person = null, int width = 1280, bool dark = false, bool script = true)
    {
        var page = await OpenAsync(host.Address, host, width, dark, script);
        if (person is not null)
        {
            await page.GotoAsync("/sign-in");
            await page.Locator($"button[value='{person}']").ClickAsync();
            await page.LeavesAsync("/sign-in");
        }

        return page;
    }

    /// <summary>A tab on a server that is no host of this process.</summary>
    public static Task<IPage> OpenAsync(Uri server) => OpenAsync(server, host: null, width: 1280, dark: false, script: true);

    private static async Task<IPage> OpenAsync(Uri server, WebHost? host, int width, bool dark, bool script)
    {
        var context = await (await LaunchAsync()).NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = server.ToString(),
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = script,
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new ViewportSize { Width = width, Height = width < 600 ? 844 : 800 },
        });
        Tabs[context] = new(host, TestContext.CurrentContext.Test.ID);
        context.SetDefaultTimeout(Patience);
        return await context.NewPageAsync();
    }

    /// <summary>Closes the tabs on a host that stops.</summary>
    public static Task CloseTabsAsync(WebHost host) => CloseTabsAsync(opened => opened.On == host);

    /// <summary>Closes the tabs that a test opened itself: left open they would follow their rooms and slow down the tests after it.</summary>
    public static Task CloseTabsAsync(ITest test) => CloseTabsAsync(opened => string.Equals(opened.By, test.Id, StringComparison.Ordinal));

    private static async Task CloseTabsAsync(Predicate<Opened> which)
    {
        foreach (var (context, opened) in Tabs)
        {
            if (which(opened) && Tabs.TryRemove(context, out _))
            {
                await context.CloseAsync();
            }
        }
    }

    private static async Task<IBrowser> LaunchAsync()
    {
        var executable = Executables().FirstOrDefault(File.Exists);
        if (executable is null)
        {
            Assert.Ignore("No Chromium, Chrome or Edge was found on this machine (Debian: apt-get install chromium).");
        }

        await Gate.WaitAsync();
        try
        {
            playwright ??= await Playwright.CreateAsync();
            Assertions.SetDefaultExpectTimeout(Patience);
            browser ??= await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = executable, Args = Flags });
            return browser;
        }
        finally
        {
            Gate.Release();
        }
    }

    private static IEnumerable<string> Executables()
    {
        if (Environment.GetEnvironmentVariable("SIGNALREVIEW_TEST_BROWSER") is { Length: > 0 } chosen)
        {
            yield return chosen;
        }

        if (OperatingSystem.IsWindows())
        {
            foreach (var root in new[] { Environment.SpecialFolder.ProgramFiles, Environment.SpecialFolder.ProgramFilesX86 })
            {
                yield return Path.Combine(Environment.GetFolderPath(root), "Google", "Chrome", "Application", "chrome.exe");
                yield return Path.Combine(Environment.GetFolderPath(root), "Microsoft", "Edge", "Application", "msedge.exe");
            }

            yield break;
        }

        yield return "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
        yield return "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge";
        yield return "/Applications/Chromium.app/Contents/MacOS/Chromium";
        string[] names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "microsoft-edge-stable"];
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin").Split(Path.PathSeparator))
        {
            foreach (var name in names)
            {
                yield return Path.Combine(folder, name);
            }
        }
    }

    /// <param name="On">The host whose pages it shows; null for a server of another process.</param>
    /// <param name="By">The test, or the fixture when it was opened for all its tests.</param>
    private sealed record Opened(WebHost? On, string By);
}

/// <summary>After each test its own tabs go; those that its fixture opened stay until their host stops.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class ClosesTabsAttribute : Attribute, ITestAction
{
    public ActionTargets Targets => ActionTargets.Test;

    public void BeforeTest(ITest test)
    {
    }

    // NUnit offers no asynchronous action; it calls this one on a thread without a context that could be waited for.
    public void AfterTest(ITest test) => Browser.CloseTabsAsync(test).GetAwaiter().GetResult();
}
