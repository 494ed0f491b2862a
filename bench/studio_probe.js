// Watches a studio in JupyterLab from outside: what pages and kernel say to each other,
// when pointers moved, and how long the page kept the browser waiting.
() => {
  if (window.studioProbe) return;
  const notebook = window.jupyterapp.shell.currentWidget;
  const { kernel } = notebook.sessionContext.session;
  const probe = { said: [], moves: [], frames: [], long: [] };
  window.studioProbe = probe;
  kernel.anyMessage.connect((_, { msg, direction }) => {
    const told = msg.content?.data;
    if (msg.header.msg_type !== "comm_msg" || told?.method !== "custom") return;
    const { kind, number, last, revision, edit, ms, width_px, frame } = told.content;
    const [at, out] = [performance.now(), direction === "send"];
    // A question says too what is on the screen by now.
    const { painted } = told.content;
    if (painted != null) probe.said.push({ at, out, kind: "painted", number: painted });
    probe.said.push({
      at, out, kind, number, last, revision, edit, ms, width_px, frame,
    });
  });
  const move = (event) => probe.moves.push(event.timeStamp);
  window.addEventListener("pointermove", move, true);
  window.addEventListener("pointerup", move, true);
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) probe.long.push(entry.duration);
  }).observe({ type: "longtask" });
  probe.taken = () => {
    const { said, moves, long } = probe;
    Object.assign(probe, { said: [], moves: [], long: [] });
    return { said, moves, long };
  };
  probe.where = () => {
    const detail = {};
    const views = document.querySelector(".ps-views");
    views?.dispatchEvent(new CustomEvent("previz-where", { detail }));
    return detail;
  };
  // Each frame of the page for so long, in milliseconds from the one before.
  probe.pace = (ms) =>
    new Promise((done) => {
      const spans = [];
      const begun = performance.now();
      let before = begun;
      const tick = (now) => {
        spans.push(now - before);
        before = now;
        if (now - begun < ms) requestAnimationFrame(tick);
        else done(spans.slice(1));
      };
      requestAnimationFrame(tick);
    });
  // Round trips of a comm that echoes, one after the other.
  probe.echo = async (times, bytes) => {
    const comm = kernel.createComm("echo");
    const text = "x".repeat(bytes);
    await comm.open({}).done;
    const spans = [];
    for (let i = 0; i < times; i++) {
      const begun = performance.now();
      await new Promise((done) => {
        comm.onMsg = done;
        comm.send({ text });
      });
      spans.push(performance.now() - begun);
    }
    return spans;
  };
  // When a studio that was just asked for shows its list, a picture and its set.
  probe.opened = () =>
    new Promise((done) => {
      const begun = performance.now();
      const seen = {};
      const look = () => {
        const now = performance.now() - begun;
        if (document.querySelector(".ps-shot-row")) seen.list ??= now;
        if (probe.said.some(({ kind, out }) => out && kind === "painted"))
          seen.picture ??= now;
        const waits = document.querySelector(".ps-views .ps-waiting");
        if (seen.list && !waits && probe.where().drawn > 1) seen.set ??= now;
        if (now > 170_000 || (seen.list && seen.picture && seen.set)) done(seen);
        else requestAnimationFrame(look);
      };
      look();
    });
}
