using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace SignalReview.Web.Tests.Support;

/// <summary>What every page owes its reader.</summary>
internal static class PageChecks
{
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    /// <summary>WCAG 2.2 A and AA, and axe's own best practices.</summary>
    /// <remarks>Runs axe in the page itself: the package's own runner opens a blank tab for frames, which we have none of.</remarks>
    /// <param name="page">The tab.</param>
    /// <param name="bestPractices">Not for a page that somebody else made.</param>
    public static async Task HasNoAxeViolationsAsync(this IPage page, bool bestPractices = true)
    {
        await page.EvaluateAsync(Axe);
        var found = await page.EvaluateAsync<string[]>(
            """
            async (bestPractices) => {
              const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", ...(bestPractices ? ["best-practice"] : [])];
              const { violations } = await axe.run(document, { runOnly: { type: "tag", values: tags } });
              return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 120)} — ${failureSummary}`));
            }
            """,
            bestPractices);
        Assert.That(found, Is.Empty, page.Url);
    }

    public static async Task HasNoSidewaysScrollAsync(this IPage page)
    {
        var tooWide = await page.EvaluateAsync<string[]>(
            """
            () => {
              const limit = document.documentElement.clientWidth;
              if (document.documentElement.scrollWidth <= limit) return [];
              return [...document.querySelectorAll("body *")]
                .filter((element) => element.getBoundingClientRect().right > limit + 1)
                .map((element) => element.outerHTML.slice(0, 120));
            }
            """);
        Assert.That(tooWide, Is.Empty, page.Url);
    }

    /// <summary>WCAG 2.5.8 and our own rule: what one taps is at least 44 px, unless it stands in a line of text.</summary>
    public static async Task HasLargeTargetsAsync(this IPage page)
    {
        var small = await page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll("a[href], button, select, summary, input:not([type=hidden], [type=range]), textarea")]
              .filter((element) => !element.closest("p, .utrecht-alert, .nl-skip-link") && !element.matches(".nl-skip-link"))
              .map((element) => {
                const box = (element.matches("[type=radio], [type=checkbox]") ? element.closest(".sr-choice") : element).getBoundingClientRect();
                return { element, box };
              })
              .filter(({ box }) => box.width > 0 && (box.height < 43.5 || box.width < 43.5))
              .map(({ element, box }) => `${Math.round(box.width)}×${Math.round(box.height)} ${element.outerHTML.slice(0, 120)}`)
            """);
        Assert.That(small, Is.Empty, page.Url);
    }

    /// <summary>Writes artifacts/screenshots/{name}.png at the repository's root, to be looked at.</summary>
    public static async Task SnapAsync(this IPage page, string name)
    {
        var path = Path.Combine(Repository.Root, "artifacts", "screenshots", $"{name}.png");
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = path, FullPage = true });
        TestContext.AddTestAttachment(path);
    }
}
