/**
 * The talk's links lead to a page with another form. With script that form comes in place of the one to say something, without leaving the room;
 * what somebody has unfolded stays so when the talk is shown anew.
 */
export class Talk {
  readonly #root: HTMLElement;
  readonly #unfolded = new Set<string>();

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  start(): void {
    this.#root.addEventListener("click", (event) => this.#follow(event));
    this.#root.addEventListener("reset", (event) => this.#sent(event.target));
    this.#root.addEventListener("toggle", (event) => this.#remember(event.target), true);
    window.addEventListener("hashchange", () => this.#reach());
    const list = this.#root.querySelector("[data-live=talk]");
    if (list !== null) {
      new MutationObserver(() => this.#unfold()).observe(list, { childList: true });
    }

    this.#reach();
  }

  #follow(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (link === null || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }

    if (link.dataset["compose"] !== undefined) {
      event.preventDefault();
      void this.#open(link.href);
    } else if (link.dataset["composeCancel"] !== undefined) {
      event.preventDefault();
      this.#close();
    }
  }

  async #open(address: string): Promise<void> {
    const response = await fetch(address, { headers: { Accept: "text/html" } }).catch(() => null);
    const page = response?.ok === true && !response.redirected ? new DOMParser().parseFromString(await response.text(), "text/html") : null;
    const form = page?.getElementById("compose") ?? null;
    const box = this.#root.querySelector<HTMLElement>("[data-say-box]");
    if (form === null || box === null) {
      location.assign(address); // the server says why there is none
      return;
    }

    document.getElementById("compose")?.remove();
    box.before(document.adoptNode(form));
    box.hidden = true;
    const { pathname, search } = new URL(address);
    history.replaceState(history.state, "", pathname + search);
    form.dispatchEvent(new CustomEvent("form-added", { bubbles: true }));
    form.scrollIntoView({ block: "nearest" });
    form.querySelector<HTMLElement>("textarea")?.focus();
  }

  #close(): void {
    document.getElementById("compose")?.remove();
    this.#root.querySelector("[data-say-box]")?.removeAttribute("hidden");
    history.replaceState(history.state, "", location.pathname);
    this.#root.querySelector<HTMLElement>("[data-live=talk]")?.focus({ preventScroll: true });
  }

  /** A form is emptied once its command was done. */
  #sent(form: EventTarget | null): void {
    if (form instanceof HTMLFormElement && form.closest("#compose") !== null) {
      window.setTimeout(() => this.#close());
    }
  }

  #remember(part: EventTarget | null): void {
    if (part instanceof HTMLDetailsElement && part.id !== "" && part.isConnected) {
      if (part.open) {
        this.#unfolded.add(part.id);
      } else {
        this.#unfolded.delete(part.id);
      }
    }
  }

  #unfold(): void {
    for (const id of this.#unfolded) {
      const part = document.getElementById(id);
      if (part instanceof HTMLDetailsElement) {
        part.open = true;
      }
    }
  }

  /** What the address points at may be folded away. */
  #reach(): void {
    const target = location.hash.startsWith("#m-") ? document.getElementById(location.hash.slice(1)) : null;
    if (target !== null) {
      target.closest("details")?.setAttribute("open", "");
      target.scrollIntoView({ block: "center" });
      target.focus({ preventScroll: true });
    }
  }
}
