// The keyboard stays in the studio where what had the focus goes or can do no more.

/** Give the root the focus that is lost with a button: Ctrl-Z then still undoes. */
export function keepFocus(root: HTMLElement): () => void {
  let had: HTMLElement | undefined;
  const isGone = () => had && (!had.isConnected || had.matches(":disabled"));
  const came = ({ target }: FocusEvent) => {
    had = target as HTMLElement;
  };
  const went = () => {
    // Who clicks elsewhere takes the focus away themselves.
    queueMicrotask(() => {
      if (!isGone()) had = undefined;
    });
  };
  const changes = new MutationObserver(() => {
    if (!isGone()) return;
    had = undefined;
    const { activeElement } = root.getRootNode() as Document;
    const free = !activeElement || activeElement === document.body;
    if (free || activeElement.matches(":disabled")) root.focus({ preventScroll: true });
  });
  root.addEventListener("focusin", came);
  root.addEventListener("focusout", went);
  changes.observe(root, {
    subtree: true,
    childList: true,
    attributeFilter: ["disabled"],
  });
  return () => {
    root.removeEventListener("focusin", came);
    root.removeEventListener("focusout", went);
    changes.disconnect();
  };
}
