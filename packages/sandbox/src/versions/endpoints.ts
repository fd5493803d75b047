/** Where several changes touch the same endpoints. */
export const schedules = ["POST /v1/subscription_schedules", "POST /v1/subscription_schedules/:id"];
export const upcoming = ["GET /v1/invoices/upcoming", "GET /v1/invoices/upcoming/lines"];
export const previews = ["POST /v1/invoices/create_preview", ...upcoming];
