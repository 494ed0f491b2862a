import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { followTheme } from "./theme";

const JUPYTER = "data-jp-theme-light";
let scheme: { matches: boolean; addEventListener: () => void };

beforeEach(() => {
  scheme = { matches: false, addEventListener: vi.fn() };
  Object.assign(scheme, { removeEventListener: vi.fn() });
  vi.stubGlobal("matchMedia", () => scheme);
});

afterEach(() => {
  document.body.className = "";
  document.body.removeAttribute(JUPYTER);
  vi.unstubAllGlobals();
});

function marked(): string | null {
  const root = document.createElement("div");
  followTheme(root)();
  return root.getAttribute(JUPYTER);
}

test("a page's own word counts before what the system prefers", () => {
  document.body.className = "light light-theme";
  scheme.matches = true;
  expect(marked()).toBe("true");
  document.body.className = "vscode-dark";
  scheme.matches = false;
  expect(marked()).toBe("false");
});

test("a page that says nothing is as the system prefers", () => {
  document.body.className = "highlight";
  expect(marked()).toBe("true");
  scheme.matches = true;
  expect(marked()).toBe("false");
});

test("JupyterLab says it on the body, and is left to", () => {
  document.body.setAttribute(JUPYTER, "false");
  expect(marked()).toBeNull();
});

test("a theme that is changed is followed until the widget goes", async () => {
  const root = document.createElement("div");
  document.body.className = "light";
  const stop = followTheme(root);
  document.body.className = "dark";
  await vi.waitFor(() => expect(root.getAttribute(JUPYTER)).toBe("false"));
  stop();
});
