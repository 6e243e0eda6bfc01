import type { CrewReport } from '../../local/crew/report.ts';
import { until } from '../../local/until.ts';

/** The orders and reports of one meeting's load generator, at the local web server of this address. */
export function crewAtWeb(web: string, externalMeetingId: string) {
  const ask = (path: string, init: RequestInit = {}) => fetch(`${web}/crew/${path}`, init);
  const order = (path: string, body: object = {}) => {
    const headers = { 'content-type': 'application/json' };
    return ask(path, { method: 'POST', headers, body: JSON.stringify({ externalMeetingId, ...body }) });
  };
  const report = async () =>
    (await ask(`state?${new URLSearchParams({ externalMeetingId })}`)).json() as Promise<CrewReport>;
  return {
    ask,
    order,
    report,
    /** Polls until a condition holds. */
    until: (holds: (report: CrewReport) => boolean) => lookUntil(report, holds),
  };
}

async function lookUntil(report: () => Promise<CrewReport>, holds: (report: CrewReport) => boolean) {
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
export const isSettled = ({ audience }: CrewReport) => audience.waiting + audience.leaving === 0;
