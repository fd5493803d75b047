import { answer } from "./run/process.js";
import { liveAYear } from "./sandbox-year/live-a-year.js";

answer({ live: (subscriptions: number) => liveAYear(subscriptions) });
