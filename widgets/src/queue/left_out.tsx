// Shots that a budget or hours left out when the others were ordered.

import type { LeftOutShot } from "../queue";

export function LeftOut({ shots }: { shots: readonly LeftOutShot[] }) {
  const limits = [...new Set(shots.map(({ by }) => by))];
  return (
    <>
      {limits.map((by) => (
        <LeftOutBy key={by} by={by} shots={shots.filter((shot) => shot.by === by)} />
      ))}
    </>
  );
}

function LeftOutBy({ by, shots }: { by: string; shots: readonly LeftOutShot[] }) {
  return (
    <section class="pq-left-out" aria-label={`Left out by ${by}`}>
      <header>
        <b class="pq-left-by">Left out by {by}</b>
        <span class="pq-left-quiet">
          {shots.length} shot{shots.length === 1 ? "" : "s"}, not in the queue
        </span>
      </header>
      <ul>
        {shots.map(({ slate, needs, left }) => (
          <li key={slate}>
            <b>{slate}</b>
            <span>{needs}</span>
            <span class="pq-left-quiet">{left}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
