using Microsoft.Playwright;

namespace SignalReview.Web.Tests.Support;

/// <summary>A page walked by Tab alone, as somebody without a mouse does.</summary>
internal static class KeyboardWalk
{
    /// <summary>
    /// Tab reaches everything that can be used, in the order in which it stands in the page, shows where it is, keeps it in view, and leads out
    /// again. Of a group of radio buttons one is a stop; arrows do the rest.
    /// </summary>
    public static async Task IsWalkedByTabAsync(this IPage page)
    {
        await StandsStillAsync(page);
        var expected = await page.EvaluateAsync<string[]>(
            """
            () => {
              const groups = new Set();
              const seen = (element) => element.checkVisibility({ checkOpacity: false, checkVisibilityCSS: true });
              const stops = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
                .filter((element) => !element.disabled && element.tabIndex >= 0 && seen(element))
                .filter((element) => {
                  if (element.type !== "radio") return true;
                  const key = `${[...document.forms].indexOf(element.form)}|${element.name}`;
                  if (groups.has(key)) return false;
                  groups.add(key);
                  return true;
                });
              stops.forEach((element, index) => { element.dataset.walk = String(index); });
              document.querySelectorAll("input[type=radio]").forEach((radio) => {
                const first = stops.find((stop) => stop.type === "radio" && stop.name === radio.name && stop.form === radio.form);
                if (first) radio.dataset.walk = first.dataset.walk;
              });
              document.activeElement?.blur();
              return stops.map((element) => element.outerHTML.slice(0, 160));
            }
            """);
        var order = new List<int>();
        var faults = new List<string>();
        // A date has several stops of its own, and what scrolls sideways is one too.
        for (var press = 0; press < (expected.Length * 4) + 8; press++)
        {
            await page.Keyboard.PressAsync("Tab");
            var at = await page.EvaluateAsync<Stop?>(
                """
                async () => {
                  // Scrolling and a link that comes out of hiding take a frame or two.
                  for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
                  const element = document.activeElement;
                  if (!element || element === document.body) return null;
                  // A box that is drawn by its label shows the focus there; a date shows it on the day, month or year that is being typed.
                  const shown = [element, element.closest("label, .sr-choice"), element.nextElementSibling].filter(Boolean);
                  const marked = element.type?.startsWith("date") || shown.some((part) => {
                    const style = getComputedStyle(part);
                    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
                  });
                  const box = element.getBoundingClientRect();
                  return {
                    walk: Number(element.dataset.walk ?? -1),
                    marked,
                    inView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
                    html: element.outerHTML.slice(0, 160),
                  };
                }
                """);
            if (at is null)
            {
                break; // out of the page, to the browser's own
            }

            if (!at.Marked)
            {
                faults.Add($"the focus cannot be seen on {at.Html}");
            }

            if (!at.InView)
            {
                faults.Add($"the focus is out of view on {at.Html}");
            }

            if (at.Walk < 0 || (order.Count > 0 && order[^1] == at.Walk))
            {
                continue;
            }

            if (order.Contains(at.Walk))
            {
                break; // once round
            }

            order.Add(at.Walk);
        }

        faults.AddRange(Enumerable.Range(0, expected.Length).Except(order).Select(missed => $"Tab does not reach {expected[missed]}"));
        Assert.That(faults, Is.Empty, page.Url);
        Assert.That(order, Is.Ordered, $"{page.Url}: Tab goes another way than the eye");
    }

    /// <summary>
    /// Waits until nothing in the page has changed for a second. A live page reads itself again once it is connected, and what it then puts in place of
    /// the marked elements has no marks.
    /// </summary>
    private static async Task StandsStillAsync(IPage page) => await page.EvaluateAsync(
        """
        () => new Promise((resolve) => {
          const done = () => { observer.disconnect(); resolve(); };
          let timer = setTimeout(done, 1000);
          const observer = new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(done, 1000); });
          observer.observe(document.body, { subtree: true, childList: true, attributes: true });
          setTimeout(done, 20000);
        })
        """);

    private sealed record Stop
    {
        public int Walk { get; init; }
        public bool Marked { get; init; }
        public bool InView { get; init; }
        public string Html { get; init; } = "";
    }
}
