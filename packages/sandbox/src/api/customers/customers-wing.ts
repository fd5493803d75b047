import type { Route } from "../params/route.js";
import { customerBalanceRoutes } from "./customer-balance-transactions.js";
import { customerSessionRoutes } from "./customer-sessions.js";
import { customerRoutes } from "./customers.js";

export const customersWing: Route[] = [...customerRoutes, ...customerSessionRoutes, ...customerBalanceRoutes];
