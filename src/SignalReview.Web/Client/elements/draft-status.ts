/**
 * Keeps the form around it as a draft while somebody writes: a moment after the last key, to the address in the form's data-draft. Says so
 * quietly. Without this script the form's own button does the same.
 */
class DraftStatus extends HTMLElement {
  #timer: number | undefined;
  #abort = new AbortController();
  #saving = false;
  #again = false;

  connectedCallback(): void {
    const form = this.closest("form");
    if (form === null || form.dataset["draft"] === undefined) {
      return;
    }

    this.dataset["active"] = "";
    form.addEventListener("input", () => this.#wait(form, 1500), { signal: this.#abort.signal });
    form.addEventListener("submit", () => this.#stop(), { signal: this.#abort.signal });
    // Leaving in the middle of a sentence: what was typed goes along.
    document.addEventListener(
      "visibilitychange",
      () => {
        if (document.visibilityState === "hidden" && this.#timer !== undefined) {
          this.#wait(form, 0);
        }
      },
      { signal: this.#abort.signal },
    );
  }

  disconnectedCallback(): void {
    this.#stop();
    this.#abort.abort();
    this.#abort = new AbortController();
  }

  #wait(form: HTMLFormElement, delay: number): void {
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#save(form), delay);
  }

  #stop(): void {
    window.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #save(form: HTMLFormElement): Promise<void> {
    this.#timer = undefined;
    if (this.#saving) {
      this.#again = true;
      return;
    }

    this.#saving = true;
    try {
      const response = await fetch(form.dataset["draft"]!, { method: "POST", body: new FormData(form), keepalive: true });
      if (response.ok) {
        const saved = (await response.json()) as { revision: number; savedAt: string };
        form.querySelector<HTMLInputElement>("input[name=revision]")!.value = String(saved.revision);
        this.#say(this.dataset["saved"]!.replace("{0}", saved.savedAt));
      } else if (response.status === 409) {
        // Another device went on. Here nothing is overwritten by itself; the button asks.
        this.#say(this.dataset["outdated"]!);
        delete this.dataset["active"];
        this.#abort.abort();
      } else {
        this.#failed(form);
      }
    } catch {
      // No connection: the text stays where it is, and the next try comes by itself.
      this.#failed(form);
    } finally {
      this.#saving = false;
      if (this.#again) {
        this.#again = false;
        this.#wait(form, 500);
      }
    }
  }

  #failed(form: HTMLFormElement): void {
    this.#say(this.dataset["failed"]!);
    this.#wait(form, 10_000);
  }

  #say(text: string): void {
    const status = this.querySelector("[role=status]");
    if (status !== null) {
      status.textContent = text;
    }
  }
}

customElements.define("draft-status", DraftStatus);
