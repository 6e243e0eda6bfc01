import type { LoadReport } from '../../local/load-generator/report.ts';
import { until } from '../../local/until.ts';

/** The orders and reports of one meeting's load generator, at the local web server of this address. */
export function loadGeneratorAtWeb(web: string, externalMeetingId: string) {
  const ask = (path: string, init: RequestInit = {}) => fetch(`${web}/load-generator/${path}`, init);
  const order = (path: string, body: object = {}) => {
    const headers = { 'content-type': 'application/json' };
    return ask(path, { method: 'POST', headers, body: JSON.stringify({ externalMeetingId, ...body }) });
  };
  const report = async () =>
    (await ask(`state?${new URLSearchParams({ externalMeetingId })}`)).json() as Promise<LoadReport>;
  return {
    ask,
    order,
    report,
    /** Polls until a condition holds. */
    until: (holds: (report: LoadReport) => boolean) => lookUntil(report, holds),
  };
}

async function lookUntil(report: () => Promise<LoadReport>, holds: (report: LoadReport) => boolean) {
  let now = await report();
  const told = () => `${holds}, ${JSON.stringify(now.audience)}`;
  const held = async () => {
    now = await report();
    return holds(now);
  };
  await until(held, { everyMs: 100, told });
  return now;
}

/** Every wanted viewer is seated, and no other. */
export const isSettled = ({ audience }: LoadReport) => audience.waiting + audience.leaving === 0;
