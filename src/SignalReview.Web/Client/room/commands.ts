/** What a form says, as the hub's command; null when only the server can say what is wrong with it. */
export function commandOf(form: HTMLFormElement): Record<string, unknown> | null {
  const data = new FormData(form);
  const text = (name: string): string | null => {
    const value = data.get(name);
    return typeof value === "string" && value.trim() !== "" ? value : null;
  };
  const number = (name: string): number | null => (text(name) === null ? null : Number(text(name)));
  const commandId = text("commandId");
  switch (form.dataset["hub"]) {
    case "Say":
      return text("text") === null
        ? null
        : {
            commandId,
            text: text("text"),
            kind: text("kind") ?? "remark",
            replyTo: text("replyTo"),
            anchor: anchorOf(text("anchor")),
            mentions: data.getAll("mentions"),
          };
    case "EditMessage":
      return text("text") === null ? null : { commandId, message: text("target"), text: text("text"), mentions: data.getAll("mentions") };
    case "RetractMessage":
      return { commandId, message: text("target"), reason: text("reason") };
    case "CastVote": {
      const option = text("option");
      return option === null
        ? null
        : {
            commandId,
            round: number("round"),
            option: option === "abstain" ? null : option,
            concern: number("concern"),
            confidence: number("confidence"),
            reason: text("reason"),
            changedMyMind: text("changedMyMind"),
          };
    }
    default:
      return null;
  }
}

/** "reading/…" or "question/…", as the form's choice names what a message is about. */
function anchorOf(value: string | null): { kind: string; id: string } | null {
  const [kind, id] = value?.split("/") ?? [];
  return kind === undefined || id === undefined ? null : { kind, id };
}

/** The next thing said is another command. Not crypto.randomUUID: a browser has that on https only. */
export function newCommandId(form: HTMLFormElement): void {
  const field = form.querySelector<HTMLInputElement>("input[name=commandId]");
  if (field !== null) {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    field.value = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  }
}
