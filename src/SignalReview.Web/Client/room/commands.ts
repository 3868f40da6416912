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
    case "CastVote":
      return ballotOf(data, { commandId, round: number("round"), concern: number("concern"), confidence: number("confidence"), reason: text("reason"), changedMyMind: text("changedMyMind") });
    default:
      return null;
  }
}

/** "reading/…" or "question/…", as the form's choice names what a message is about. */
function anchorOf(value: string | null): { kind: string; id: string } | null {
  const [kind, id] = value?.split("/") ?? [];
  return kind === undefined || id === undefined ? null : { kind, id };
}

/** The answer that the round's method asks for; a ballot without one abstains, so an empty form is for the server to refuse. */
function ballotOf(data: FormData, ballot: Record<string, unknown>): Record<string, unknown> | null {
  const text = (name: string): string => String(data.get(name) ?? "");
  const numbers = (list: string): { option: string; number: number }[] =>
    [...data.entries()]
      .filter(([name, value]) => name.startsWith(`${list}.`) && value !== "")
      .map(([name, value]) => ({ option: name.slice(list.length + 1), number: Number(value) }));
  const either = (answer: Record<string, unknown>, given: number): Record<string, unknown> | null =>
    text("abstain") === "" ? (given > 0 ? { ...ballot, ...answer } : null) : given > 0 ? null : ballot;
  const chosen = (name: string, answer: Record<string, unknown>): Record<string, unknown> | null =>
    text(name) === "" ? null : text(name) === "abstain" ? ballot : { ...ballot, ...answer };
  switch (text("method")) {
    case "consent":
      return chosen("position", { position: text("position"), proposal: text("proposal"), objection: text("objection").trim() === "" ? null : text("objection") });
    case "score": {
      const scores = numbers("scores");
      return either({ scores: scores.map(({ option, number }) => ({ option, score: number })) }, scores.length);
    }
    case "ranking": {
      const places = numbers("ranking").sort((one, other) => one.number - other.number);
      const shared = places.some((place, i) => place.number === places[i + 1]?.number);
      return shared ? null : either({ ranking: places.map(({ option }) => option) }, places.length);
    }
    default:
      return chosen("option", { option: text("option") });
  }
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
