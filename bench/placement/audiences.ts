import { MEDIA_REGIONS, type MediaRegion } from '../../lib/domain/media-regions.ts';
import { byMediaRegion, INTERNET_USERS, type Shares, usersOf } from './internet-users.ts';

const WORLD = byMediaRegion(INTERNET_USERS);
const EUROPE = usersOf('GB DE FR IT ES PL NL BE SE DK NO FI IE AT CH PT CZ RO GR HU');
/** Eastern time, Central time. */
const US_EAST: Shares = { 'us-east-1': 48, 'us-east-2': 29 };

/** Native speakers of Spanish in millions, 2023: Instituto Cervantes, El español: una lengua viva. */
const SPANISH = {
  MX: 124, CO: 52, AR: 46, ES: 44, US: 42, PE: 29, VE: 28, CL: 19, EC: 17, GT: 13, CU: 11, DO: 11, BO: 7, HN: 10,
  SV: 6, NI: 6, CR: 5, PY: 5, UY: 3.4, PA: 4, PR: 3.2, FR: 0.6, DE: 0.4, GB: 0.3, IT: 0.4, CH: 0.2, BR: 0.5, CA: 0.6, AU: 0.2, SE: 0.1, IE: 0.02,
};
/** Native and second-language speakers of English in millions, by census or Eurobarometer */
const ENGLISH = { US: 306, GB: 65, CA: 32, AU: 24, IE: 5, NZ: 5, IN: 129, NG: 60, PH: 55, ZA: 17, SG: 4, DE: 45, NL: 15, SE: 9, KE: 10, MY: 16 };

function part(shares: Shares, whole: number): Shares {
  const sum = Object.values(shares).reduce((a, b) => a + b, 0);
  return Object.fromEntries(Object.entries(shares).map(([r, s]) => [r, (s * whole) / sum]));
}
function add(...all: Shares[]): Shares {
  const out: Shares = {};
  for (const each of all) for (const [r, s] of Object.entries(each) as [MediaRegion, number][]) out[r] = (out[r] ?? 0) + s;
  return out;
}
export const AUDIENCES: Record<string, Shares> = {
  uniform: Object.fromEntries(MEDIA_REGIONS.map((r) => [r, 1])),
  'internet users': WORLD,
  'webinar 80/20': add({ 'us-east-1': 80 }, part(WORLD, 20)),
  'two poles': add(part(US_EAST, 50), part(byMediaRegion(EUROPE), 50)),
  'asia-pacific 70/30': add(part(byMediaRegion(usersOf('CN IN ID JP PH VN BD PK TH KR MY AU TW LK NP HK SG NZ')), 70), part(WORLD, 30)),
  'asia-pacific': byMediaRegion(usersOf('CN IN ID JP PH VN BD PK TH KR MY AU TW LK NP HK SG NZ')),
  'english-speaking': byMediaRegion(ENGLISH),
  'spanish-speaking': byMediaRegion(SPANISH),
  'one country': { 'ap-south-1': 1 },
};
