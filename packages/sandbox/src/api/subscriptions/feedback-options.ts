import {
  createFeedbackOption,
  deactivateFeedbackOption,
  needFeedbackOption,
  updateFeedbackOption,
} from "../../engine/subscriptions/terms/feedback-option.js";
import { newestFirst } from "../../engine/world/table.js";
import { pageOf, paging } from "../answers/page-of.js";
import { route } from "../params/route.js";

const path = "/v1/billing/feedback_options";

/** `/v1/billing/feedback_options` */
export const feedbackOptionRoutes = [
  route(`POST ${path}`, ["description"], ({ world, ctx, params }) =>
    createFeedbackOption(world, ctx, params),
  ),
  route(`GET ${path}/:id`, [], ({ world, id }) => needFeedbackOption(world, id)),
  route(`POST ${path}/:id`, ["description"], ({ world, id, params }) =>
    updateFeedbackOption(world, id, params),
  ),
  route(`POST ${path}/:id/deactivate`, [], ({ world, ctx, id }) => deactivateFeedbackOption(world, ctx, id)),
  route(`GET ${path}`, ["status", ...paging], ({ world, params }) =>
    pageOf(
      newestFirst(world.feedbackOptions).filter(
        ({ status }) => params.status === undefined || status === params.status,
      ),
      params,
      path,
    ),
  ),
];
