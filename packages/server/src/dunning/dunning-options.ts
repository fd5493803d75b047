import { defaultNoticeDays } from "@tollgate/core";
import { refuseOption } from "../context/refuse-option.js";
import { checkReturnUrl } from "../http/check-return-url.js";

/** How customers are told of a payment that failed. */
export interface DunningOptions {
  /**
   * On which days after the failure, in rising order: whole days of 24 hours from 0 (at once) to 60.
   * @default [0, 3, 5, 7]
   */
  readonly noticeDays?: readonly number[];
  /**
   * The page of your app where another card is entered, as a path or an address on one of its origins.
   * @default `GET /portal/card` of the handler, which leads to the provider's page
   */
  readonly updateUrl?: string;
}

/** The option, checked. */
export interface DunningRules {
  /** Empty: nobody is told. */
  readonly noticeDays: readonly number[];
  /** Absolute. */
  readonly updateUrl: string;
}

const mostDays = 60;

/** @throws BillingError `invalid_options` */
export function checkDunning(
  option: DunningOptions | false | undefined,
  own: {
    readonly appOrigin: string;
    readonly trustedOrigins: ReadonlySet<string>;
    readonly basePath: string;
  },
): DunningRules {
  const { noticeDays = defaultNoticeDays, updateUrl } =
    option === false ? { noticeDays: [] } : (option ?? {});
  const isDay = (day: unknown) => Number.isInteger(day) && Number(day) >= 0 && Number(day) <= mostDays;
  const rises = (days: readonly number[]) => days.every((day, i) => i === 0 || day > (days[i - 1] ?? 0));
  if (!Array.isArray(noticeDays) || !noticeDays.every(isDay) || !rises(noticeDays)) {
    refuseOption("dunning.noticeDays", `must be whole days from 0 to ${mostDays}, in rising order`);
  }
  return { noticeDays, updateUrl: toUrl(updateUrl, own) };
}

function toUrl(given: string | undefined, own: Parameters<typeof checkDunning>[1]): string {
  if (given === undefined) return `${own.appOrigin}${own.basePath}/portal/card`;
  try {
    return checkReturnUrl(given, own).href;
  } catch {
    return refuseOption(
      "dunning.updateUrl",
      "must be a path of the app, or an address on one of its origins",
    );
  }
}
