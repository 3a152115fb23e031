/** The page's life: reads the form, asks, shows the answer. Gets the library as an argument; both pages share it. */

/** @param {Pick<typeof import("sallyport"), "AccessToken" | "Engine" | "SecurityDescriptor">} library */
export function start({ AccessToken, Engine, SecurityDescriptor }) {
  const engine = new Engine();
  const field = (id) => document.getElementById(id).value.trim();
  const words = (id) =>
    field(id)
      .split(/[\s,]+/)
      .filter(Boolean);

  function explanation() {
    const token = AccessToken.create({ user: field("user"), groups: words("groups") });
    const restrictedSids = words("restricting");
    return engine.explain({
      token: restrictedSids.length === 0 ? token : engine.filterToken(token, { restrictedSids }),
      descriptor: SecurityDescriptor.parse(field("sddl")),
      desired: field("desired"),
      mapping: "file",
    });
  }

  function show() {
    const verdict = document.getElementById("verdict");
    const bits = document.getElementById("bits");
    try {
      const found = explanation();
      verdict.className = found.verdict.granted ? "granted" : "denied";
      verdict.textContent = found.verdict.granted ? "Granted" : `Denied: ${found.cause.replaceAll("-", " ")}`;
      bits.tBodies[0].replaceChildren(...found.bits.map(row));
      bits.hidden = false;
    } catch (error) {
      verdict.className = "wrong";
      verdict.textContent = error.message;
      bits.hidden = true;
    }
  }

  function row({ right, granted, sentence }) {
    const line = document.createElement("tr");
    for (const text of [right, granted ? "yes" : "no", sentence]) line.insertCell().textContent = text;
    return line;
  }

  document.getElementById("question").addEventListener("input", show);
  show();
}
