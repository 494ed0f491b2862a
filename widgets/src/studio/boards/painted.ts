// Keeps a canvas showing a picture, at the picture's own size.

import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";

export function usePainted(
  canvas: RefObject<HTMLCanvasElement | null>,
  bitmap: ImageBitmap | undefined,
): void {
  useEffect(() => {
    const target = canvas.current;
    // A picture that was let go of has no width any more.
    if (!target || !bitmap?.width) return;
    target.width = bitmap.width;
    target.height = bitmap.height;
    target.getContext("2d")?.drawImage(bitmap, 0, 0);
  }, [bitmap]);
}
