/** @jsxImportSource hono/jsx */
import type { Child } from "hono/jsx";
import { formCss } from "../kit/form-css.js";
import { BackLink, Page } from "../kit/page.js";
import { portalCss } from "./portal-css.js";
import type { PortalRoom } from "./portal-room.js";

type PortalFrameProps = {
  room: PortalRoom;
  title: string;
  /** A step leads back to the overview; the overview itself leads back to the app. */
  kind: "overview" | "step";
  children: Child;
};

/** Head and way back of every portal page. In a flow, back is always the app. */
export const PortalFrame = ({ room, title, kind, children }: PortalFrameProps) => {
  const { language, merchant } = room;
  const { closed, portal } = language.text;
  const returnUrl = room.view.session.return_url;
  const toOverview = kind === "step" && !room.flow;
  return (
    <Page title={`${title} · ${merchant}`} css={formCss + portalCss} language={language}>
      <main class={kind === "step" ? "portal narrow" : "portal"}>
        <header>
          {toOverview ? <BackLink href={room.home}>{portal.back}</BackLink> : null}
          {!toOverview && returnUrl ? (
            <BackLink href={returnUrl}>{closed.returnTo(merchant)}</BackLink>
          ) : null}
          <h1>{title}</h1>
        </header>
        {children}
      </main>
    </Page>
  );
};

/** Where "no, leave it" leads: the overview, or the app when a flow brought the person here. */
export function leaveHref({ flow, home, view }: PortalRoom): string {
  return flow ? (view.session.return_url ?? home) : home;
}
