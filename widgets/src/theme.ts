// The host's theme, where it is not JupyterLab, which says so itself.

const SAID = ["class", "data-theme", "data-vscode-theme-kind", "theme"];
const JUPYTER = "data-jp-theme-light";
const LIGHT = matcher("light");
const DARK = matcher("dark");

function matcher(word: string): RegExp {
  return new RegExp(`(^|[^a-z])${word}($|[^a-z])`);
}

/** Whether a page says that it is light; undefined where it says nothing of it. */
function said(): boolean | undefined {
  for (const element of [document.body, document.documentElement]) {
    const words = SAID.map((name) => element.getAttribute(name) ?? "").join(" ");
    if (DARK.test(words)) return false;
    if (LIGHT.test(words)) return true;
  }
  return undefined;
}

/** Whether the widget stands on a light page. */
export function isLight(): boolean {
  return said() ?? !matchMedia("(prefers-color-scheme: dark)").matches;
}

/** Mark an element as JupyterLab marks its page, and keep the mark true. */
export function followTheme(root: HTMLElement): () => void {
  const mark = () => {
    // JupyterLab and Notebook tell it on the body, which styles read.
    if (document.body.hasAttribute(JUPYTER)) root.removeAttribute(JUPYTER);
    else root.setAttribute(JUPYTER, String(isLight()));
  };
  const look = new MutationObserver(mark);
  const attributeFilter = [...SAID, JUPYTER];
  for (const element of [document.body, document.documentElement])
    look.observe(element, { attributeFilter });
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  scheme.addEventListener("change", mark);
  mark();
  return () => {
    look.disconnect();
    scheme.removeEventListener("change", mark);
  };
}
