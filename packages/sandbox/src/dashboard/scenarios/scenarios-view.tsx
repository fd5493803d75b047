/** @jsxImportSource hono/jsx */
import { find } from "../../engine/world/find.js";
import { scenarioNames, scenarios } from "../../scenarios/scenarios.js";
import { customerName, Ref } from "../frame/cells.js";
import type { Note } from "../frame/create-notes.js";
import type { Desk } from "../frame/desk.js";
import { Frame } from "../frame/frame.js";
import { Part } from "../frame/parts.js";
import { Happened } from "../shared/happened.js";

type ScenariosProps = { desk: Desk; note: Note | undefined; whom: string };

/** What can be made to happen in one go, and what came of the last one. */
export const ScenariosView = ({ desk, note, whom }: ScenariosProps) => (
  <Frame desk={desk} title="Scenarios" at="/scenarios" note={note}>
    <header>
      <h1>Scenarios</h1>
      <p class="muted">
        What happens to a subscription sooner or later, in one go: cards decline, the clock moves, and
        webhooks are delivered as usual.
      </p>
    </header>
    {note?.steps ? <Outcome desk={desk} note={note} steps={note.steps} /> : null}
    <form class="stack" method="post" action={`${desk.base}/scenarios`}>
      <Whom desk={desk} whom={whom} />
      <div class="panel flush">
        <ul class="rows acts">
          {scenarioNames.map((name) => (
            <li key={name}>
              <span>
                <span class="what">{scenarios[name].title}</span>
                <span class="sub">{scenarios[name].tells}</span>
              </span>
              <button type="submit" class="button small" name="scenario" value={name}>
                Play<span class="unseen"> {scenarios[name].title}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </form>
  </Frame>
);

const mostOffered = 50;

const Whom = ({ desk, whom }: { desk: Desk; whom: string }) => {
  const { customers, deletedCustomers } = desk.room.world;
  const offered = Object.values(customers)
    .filter(({ id }) => find(deletedCustomers, id) === undefined)
    .slice(-mostOffered)
    .reverse();
  return (
    <div class="field whom">
      <label for="whom">Customer or subscription</label>
      <input
        id="whom"
        name="whom"
        value={whom}
        list="customers"
        placeholder="cus_… or sub_…"
        autocomplete="off"
        aria-describedby="whom-hint"
      />
      <datalist id="customers">
        {offered.map((customer) => (
          <option key={customer.id} value={customer.id}>
            {customerName(customer)}
          </option>
        ))}
      </datalist>
      <span class="hint" id="whom-hint">
        Left empty, a new customer is made. The clock moves for everybody, unless the customer has a test
        clock.
      </span>
    </div>
  );
};

const Outcome = ({ desk, note, steps }: { desk: Desk; note: Note; steps: string[] }) => (
  <div class="columns even">
    <div>
      <Part title="What was done">
        <div class="panel">
          <ol class="rows plain">
            {steps.map((step) => (
              <li key={step}>
                <span>{step}</span>
              </li>
            ))}
          </ol>
          <p class="line-below sub">
            {(note.about ?? []).map((id) => (
              <Ref key={id} desk={desk} id={id} />
            ))}
          </p>
        </div>
      </Part>
    </div>
    <div>
      <Happened desk={desk} ids={note.events ?? []} />
    </div>
  </div>
);
