"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const facts = JSON.parse($("facts").textContent);
  const [num, den] = facts.rate;
  const fps = num / den;
  const last = facts.frames - 1;
  const video = $("video");
  const still = $("still");
  let frame = 0;
  let speed = 0;
  let shown = -1;
  let clock = 0;

  const timecode = (n) => {
    const base = Math.round(fps);
    const drop = den === 1001 && base % 30 === 0 ? 2 * (base / 30) : 0;
    if (drop) {
      const ten = base * 600 - drop * 9;
      const tens = Math.floor(n / ten);
      const rest = n % ten;
      n += drop * 9 * tens;
      if (rest >= drop) n += drop * Math.floor((rest - drop) / (base * 60 - drop));
    }
    const two = (v) => String(v).padStart(2, "0");
    const s = Math.floor(n / base);
    return `${two(Math.floor(s / 3600))}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}${drop ? ";" : ":"}${two(n % base)}`;
  };

  const shotAt = (n) => {
    let low = 0;
    let high = facts.shots.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (facts.shots[middle].start <= n) low = middle;
      else high = middle - 1;
    }
    return low;
  };

  const panels = [...document.querySelectorAll(".panel")];
  const rows = [...document.querySelectorAll("#table tbody tr")];
  const rowOf = (i) => rows.find((row) => Number(row.dataset.shot) === i);
  const blocks = facts.shots.map((shot, i) => {
    const block = document.createElement("b");
    block.style.flexGrow = shot.frames;
    block.title = shot.slate;
    if (i % 2) block.className = "alt";
    if (shot.opens && i) block.classList.add("opens");
    $("strip").append(block);
    return block;
  });

  const card = (shot) => {
    $("c-scene").textContent = shot.scene;
    for (const key of ["slate", "size", "lens", "angle", "move", "coverage", "length", "page", "promoted"])
      $(`c-${key}`).textContent = shot[key];
    $("c-promoted").parentElement.hidden = !shot.promoted;
    $("c-text").replaceChildren(
      ...shot.text.map(({ cue, words }) => {
        const p = document.createElement("p");
        p.dir = "auto";
        if (cue) {
          const b = document.createElement("b");
          b.textContent = `${cue} `;
          p.append(b);
        } else p.className = "act";
        p.append(words);
        return p;
      }),
    );
  };

  const show = () => {
    $("tc").textContent = timecode(frame);
    $("count").textContent = `${frame} / ${facts.frames}`;
    const wide = $("strip").clientWidth - 2;
    $("head").style.transform = `translateX(${(frame / Math.max(last, 1)) * wide}px)`;
    const now = shotAt(frame);
    if (now === shown) return;
    for (const list of [panels, blocks]) list[shown]?.classList.remove("on");
    rowOf(shown)?.classList.remove("on");
    shown = now;
    for (const list of [panels, blocks]) list[now]?.classList.add("on");
    rowOf(now)?.classList.add("on");
    card(facts.shots[now]);
    if (still) {
      const picture = panels[now]?.querySelector("img");
      if (picture) still.src = picture.src;
    }
  };

  const label = () => {
    $("sign").setAttribute("d", speed ? "M4 3h3v10H4zM9 3h3v10H9z" : "M4 2.5v11L13 8z");
    $("play").setAttribute("aria-pressed", String(speed !== 0));
    $("speed").textContent = speed && speed !== 1 ? `${speed}×` : "";
  };

  // The middle of a frame, so that rounding cannot show its neighbour.
  const seek = (n) => {
    frame = Math.min(last, Math.max(0, Math.round(n)));
    if (video) video.currentTime = ((frame + 0.5) * den) / num;
    show();
  };

  const run = (rate) => {
    speed = rate;
    clock = performance.now() - (frame / fps / (rate || 1)) * 1000;
    if (video) {
      if (rate > 0) {
        if (frame >= last) seek(0);
        video.playbackRate = rate;
        video.play().catch(() => run(0));
      } else video.pause();
    } else if (rate > 0 && frame >= last) {
      frame = 0;
      clock = performance.now();
    }
    label();
  };

  const tick = (now) => {
    if (speed && (!video || speed < 0)) {
      const wanted = Math.floor(((now - clock) / 1000) * fps * speed);
      if (wanted <= 0 && speed < 0) {
        run(0);
        seek(0);
      } else if (wanted >= last) {
        run(0);
        seek(last);
      } else if (wanted !== frame && !(video && video.seeking)) seek(wanted);
    } else if (speed && !video.requestVideoFrameCallback) {
      frame = Math.min(last, Math.floor(video.currentTime * fps + 1e-6));
      show();
    }
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);

  if (video) {
    const text = atob($("movie").textContent.trim());
    const bytes = Uint8Array.from(text, (c) => c.charCodeAt(0));
    video.src = URL.createObjectURL(new Blob([bytes], { type: "video/mp4" }));
    const follow = (_now, meta) => {
      if (speed > 0) {
        frame = Math.min(last, Math.round(meta.mediaTime * fps));
        show();
      }
      video.requestVideoFrameCallback(follow);
    };
    video.requestVideoFrameCallback?.(follow);
    video.addEventListener("ended", () => {
      run(0);
      frame = last;
      show();
    });
  }

  const toggle = () => run(speed ? 0 : 1);
  const step = (count) => {
    run(0);
    seek(frame + count);
  };
  const jump = (count) => {
    const at = shotAt(frame);
    const back = count < 0 && frame - facts.shots[at].start > fps / 3;
    const target = Math.min(facts.shots.length - 1, Math.max(0, back ? at : at + count));
    seek(facts.shots[target].start);
    if (speed) run(speed);
  };
  const faster = (sign) => {
    const same = Math.sign(speed) === sign;
    run(same ? sign * Math.min(4, Math.abs(speed) * 2) : sign);
  };

  const keys = {
    " ": toggle,
    ArrowLeft: () => step(-1),
    ArrowRight: () => step(1),
    "[": () => jump(-1),
    "]": () => jump(1),
    j: () => faster(-1),
    k: () => run(0),
    l: () => faster(1),
    Home: () => seek(0),
    End: () => seek(last),
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const on = event.target.closest?.("button,.panel");
    if (on && (event.key === " " || event.key === "Enter")) {
      if (on.matches(".panel")) {
        event.preventDefault();
        on.click();
      }
      return;
    }
    const act = keys[event.key] ?? keys[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  });

  $("screen").addEventListener("click", toggle);
  $("play").addEventListener("click", toggle);
  $("less").addEventListener("click", () => step(-1));
  $("more").addEventListener("click", () => step(1));
  $("back").addEventListener("click", () => jump(-1));
  $("next").addEventListener("click", () => jump(1));

  const strip = $("strip");
  const scrub = (event) => {
    const box = strip.getBoundingClientRect();
    seek(((event.clientX - box.left) / box.width) * last);
  };
  strip.addEventListener("pointerdown", (event) => {
    strip.setPointerCapture(event.pointerId);
    run(0);
    scrub(event);
  });
  strip.addEventListener("pointermove", (event) => {
    if (strip.hasPointerCapture(event.pointerId)) scrub(event);
  });

  const open = (index) => {
    run(0);
    seek(facts.shots[index].start);
    const box = $("desk").getBoundingClientRect();
    if (box.top < -60 || box.top > innerHeight / 2) $("desk").scrollIntoView();
  };
  for (const thing of [...panels, ...rows])
    thing.addEventListener("click", () => open(Number(thing.dataset.shot)));

  const body = document.querySelector("#table tbody");
  const heads = [...document.querySelectorAll("#table th")];
  heads.forEach((head, column) => {
    head.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const value = (row) => row.children[column].dataset.v;
      const order = new Intl.Collator(undefined, { numeric: true });
      rows.sort((a, b) => order.compare(value(a), value(b)) * (down ? -1 : 1));
      body.append(...rows);
    });
  });

  addEventListener("resize", show);
  label();
  seek(0);
})();
