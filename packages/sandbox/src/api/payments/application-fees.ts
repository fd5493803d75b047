import { refundApplicationFee } from "../../engine/payments/application-fee.js";
import { need } from "../../engine/world/find.js";
import { mergeMetadata } from "../../engine/world/metadata.js";
import { missing } from "../../engine/world/stripe-error.js";
import { newestFirst } from "../../engine/world/table.js";
import type { ApplicationFee, FeeRefund } from "../../engine/world/wire.js";
import type { World } from "../../engine/world/world.js";
import { pageOf, paging, within } from "../answers/page-of.js";
import { route } from "../params/route.js";

const path = "/v1/application_fees";

const needFee = (world: World, id: string): ApplicationFee =>
  need(world.applicationFees, "application fee", id);

const needRefund = (world: World, fee: string, id: string): FeeRefund => {
  needFee(world, fee);
  const refund = need(world.feeRefunds, "fee refund", id);
  if (refund.fee !== fee) throw missing("fee refund", id);
  return refund;
};

/** `/v1/application_fees` */
export const applicationFeeRoutes = [
  route(`GET ${path}`, ["charge", "created", ...paging], ({ world, params }) =>
    pageOf(
      newestFirst(world.applicationFees).filter(
        (fee) =>
          (params.charge === undefined ||
            fee.charge === params.charge ||
            fee.originating_transaction === params.charge) &&
          within(fee.created, params.created),
      ),
      params,
      path,
    ),
  ),
  route(`GET ${path}/:id`, [], ({ world, id }) => needFee(world, id)),
  route(`POST ${path}/:id/refunds`, ["amount", "metadata"], ({ world, ctx, id, params }) =>
    refundApplicationFee(world, ctx, needFee(world, id), params),
  ),
  route(`GET ${path}/:id/refunds`, [...paging], ({ world, id, params }) => {
    needFee(world, id);
    const rows = newestFirst(world.feeRefunds).filter(({ fee }) => fee === id);
    return pageOf(rows, params, `${path}/${id}/refunds`);
  }),
  route(`GET ${path}/:id/refunds/:child`, [], ({ world, id, child }) => needRefund(world, id, child)),
  route(`POST ${path}/:id/refunds/:child`, ["metadata"], ({ world, id, child, params }) => {
    const refund = needRefund(world, id, child);
    refund.metadata = mergeMetadata(refund.metadata ?? {}, params.metadata);
    return refund;
  }),
];
