/** @jsxImportSource hono/jsx */
import { scenarioNames, scenarios } from "../../scenarios/scenarios.js";
import type { Desk } from "../frame/desk.js";
import { Part } from "../frame/parts.js";

/** Plays a scenario with a customer or a subscription. */
export const PlayForm = ({ desk, whom }: { desk: Desk; whom: string }) => (
  <Part title="Scenarios" more={<a href={`${desk.base}/scenarios?whom=${encodeURIComponent(whom)}`}>All</a>}>
    <form class="panel" method="post" action={`${desk.base}/scenarios`}>
      <input type="hidden" name="whom" value={whom} />
      <div class="line">
        <div class="field wide">
          <label for="scenario">Let this happen</label>
          <select id="scenario" name="scenario">
            {scenarioNames.map((name) => (
              <option key={name} value={name}>
                {scenarios[name].title}
              </option>
            ))}
          </select>
        </div>
        <button type="submit" class="button">
          Play
        </button>
      </div>
    </form>
  </Part>
);
