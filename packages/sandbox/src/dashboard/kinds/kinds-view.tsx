/** @jsxImportSource hono/jsx */
import type { Desk } from "../frame/desk.js";
import { Frame } from "../frame/frame.js";
import { groups } from "./kinds.js";

/** Every kind of object, with how many there are. */
export const KindsView = ({ desk }: { desk: Desk }) => (
  <Frame desk={desk} title="Objects" at="/objects">
    <header>
      <h1>Objects</h1>
      <p class="muted">Everything that this account has, as the API would show it.</p>
    </header>
    <div class="kinds-grid">
      {groups.map(({ title, kinds }) => (
        <section key={title}>
          <h2>{title}</h2>
          <ul>
            {kinds.map((kind) => (
              <li key={kind.slug}>
                <a href={`${desk.base}/objects/${kind.slug}`}>
                  <span>{kind.title}</span>
                  <Count count={kind.rows(desk.room.world).length} />
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  </Frame>
);

const Count = ({ count }: { count: number }) =>
  count === 0 ? <span class="muted">0</span> : <strong>{count.toLocaleString("en-US")}</strong>;
