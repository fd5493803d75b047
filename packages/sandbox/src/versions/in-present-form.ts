import type { World } from "../engine/world/world.js";
import type { Form } from "./change.js";
import { changes } from "./changes.js";
import { isOlder } from "./version.js";

export type Asked = {
  endpoint: string;
  version: string;
  /** Whether the request says which version it wants. */
  versioned: boolean;
};

/** A request's parameters as the present API version has them, through every change since the version asked for. */
export const inPresentForm = ({ endpoint, version, versioned }: Asked, given: Form, world: World): Form =>
  changes
    .flatMap(({ since, requests = [] }) =>
      requests.filter(
        ({ endpoints, unversioned }) =>
          (isOlder(version, since) && endpoints.includes(endpoint)) ||
          (!versioned && unversioned?.includes(endpoint)),
      ),
    )
    .reduce((form, { toNewer }) => toNewer(form, world), given);
