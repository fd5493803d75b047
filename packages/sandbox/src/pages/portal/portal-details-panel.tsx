/** @jsxImportSource hono/jsx */
import { canEditDetails, describeDetails } from "./portal-details.js";
import type { PortalRoom } from "./portal-room.js";

/** The details that the customer may change, with a link to the form. */
export const DetailsPanel = ({ room }: { room: PortalRoom }) => {
  const words = room.language.text.portal.details;
  const lines = describeDetails(room.view.customer);
  if (!canEditDetails(room)) return null;
  return (
    <section aria-labelledby="details-title">
      <h2 id="details-title">{words.title}</h2>
      <div class="panel">
        <div class="row">
          <div>
            {lines.length === 0 ? (
              <p class="muted">{words.none}</p>
            ) : (
              lines.map((line) => <p key={line}>{line}</p>)
            )}
          </div>
          <a class="button" href={`${room.home}/details`}>
            {words.edit}
          </a>
        </div>
      </div>
    </section>
  );
};
