using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace SignalReview.Web.Tests.Support;

/// <summary>
/// Waits for another page by asking where the browser is, again and again. Waiting for its load event instead misses one that came just before
/// the waiting began, and then waits for nothing until its time is up.
/// </summary>
internal static class PageMoves
{
    /// <param name="page">The tab.</param>
    /// <param name="address">Its end, or all of it; ** stands for anything and * for anything but a slash.</param>
    public static async Task ArrivesAsync(this IPage page, string address)
    {
        var pattern = Regex.Escape(address).Replace(@"\*\*", ".*", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal);
        await Assertions.Expect(page).ToHaveURLAsync(Pattern($"^{pattern}$"));
        await page.IsReadAsync();
    }

    public static async Task LeavesAsync(this IPage page, string path)
    {
        await Assertions.Expect(page).Not.ToHaveURLAsync(Pattern(Regex.Escape(path)));
        await page.IsReadAsync();
    }

    private static Regex Pattern(string pattern) => new(pattern, RegexOptions.None, TimeSpan.FromSeconds(1));

    private static async Task IsReadAsync(this IPage page) => await page.EvaluateAsync(
        "() => document.readyState === 'loading' ? new Promise((read) => document.addEventListener('DOMContentLoaded', () => read(), { once: true })) : undefined");
}
