/**
 * Replaces the parts of the page marked data-live by what the server shows now. The server renders what one person may see, so the script
 * never handles a vote or a reading as data. A region with a data-version is left alone while that stays the same: somebody may be typing in it.
 */
export function swapRegions(root: HTMLElement, fresh: ParentNode): Change[] {
  const changes: Change[] = [];
  for (const region of root.querySelectorAll<HTMLElement>("[data-live]")) {
    const next = fresh.querySelector<HTMLElement>(`[data-live="${region.dataset["live"]}"]`);
    if (next === null || isSame(region, next)) {
      continue;
    }

    const focused = region.contains(document.activeElement) ? document.activeElement : null;
    const scrolled = fromEnd(region);
    const said = region.dataset["say"];
    region.replaceChildren(...next.childNodes);
    for (const name of ["data-version", "data-say", "data-own"]) {
      const value = next.getAttribute(name);
      if (value === null) {
        region.removeAttribute(name);
      } else {
        region.setAttribute(name, value);
      }
    }

    keepPlace(region, scrolled);
    if (focused !== null && focused !== region) {
      refocus(region, focused);
    }

    changes.push({ name: region.dataset["live"] ?? "", say: region.dataset["say"] === said ? null : (region.dataset["say"] ?? null), own: "own" in region.dataset });
  }

  return changes;
}

/** What a swap has changed; `say` is what is worth reading out, `own` that this person did it and need not hear of it. */
export interface Change {
  readonly name: string;
  readonly say: string | null;
  readonly own: boolean;
}

function isSame(region: HTMLElement, next: HTMLElement): boolean {
  return next.dataset["version"] === undefined ? region.innerHTML === next.innerHTML : region.dataset["version"] === next.dataset["version"];
}

/** The focus stays where it was, with the caret, or else goes to what has come in its place. */
function refocus(region: HTMLElement, before: Element): void {
  const same = before.id === "" ? null : document.getElementById(before.id);
  if (same !== null) {
    same.focus({ preventScroll: true });
    if (same instanceof HTMLTextAreaElement && before instanceof HTMLTextAreaElement) {
      same.value = before.value;
      same.setSelectionRange(before.selectionStart, before.selectionEnd);
    }

    return;
  }

  const next = region.querySelector<HTMLElement>("[tabindex='-1']") ?? document.getElementById("votes") ?? document.getElementById("talk");
  next?.focus();
}

/** Who reads further up stays there; who is at the end sees what is added. The list grows from its end (column-reverse). */
function fromEnd(region: HTMLElement): { top: number; height: number } {
  return { top: region.scrollTop, height: region.scrollHeight };
}

function keepPlace(region: HTMLElement, before: { top: number; height: number }): void {
  if (before.top < -24) {
    region.scrollTop = before.top - (region.scrollHeight - before.height);
  }
}
