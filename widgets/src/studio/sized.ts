// The size of an element while it is on the page.

/**
 * Tell the size now, if there is one, and whenever it is another.
 *
 * A notebook takes what is scrolled away off the page and puts it back: it has no size
 * meanwhile, and nobody is told.
 *
 * @returns what ends it
 */
export function watchSize(
  element: Element,
  sized: (width: number, height: number) => void,
): () => void {
  const measure = () => {
    const { clientWidth, clientHeight } = element;
    if (clientWidth && clientHeight) sized(clientWidth, clientHeight);
  };
  const resizes = new ResizeObserver(measure);
  resizes.observe(element);
  measure();
  return () => resizes.disconnect();
}
