import { MEDIA_REGIONS, type MediaRegion } from '../../lib/domain/geo/media-regions.ts';
import { byMediaRegion, INTERNET_USERS, type Shares, usersOf } from './internet-users.ts';

/**
 * Native speakers of Spanish in millions (Instituto Cervantes, El español en el mundo, 2023; rounded, and estimated for small
 * countries): the audience of a language, on three continents.
 */
const SPANISH = {
  ...{
    MX: 124,
    CO: 52,
    AR: 46,
    ES: 44,
    US: 42,
    PE: 29,
    VE: 28,
    CL: 19,
    EC: 17,
    GT: 13,
    CU: 11,
    DO: 11,
    HN: 10,
  },
  ...{
    BO: 7,
    SV: 6,
    NI: 6,
    CR: 5,
    PY: 5,
    PA: 4,
    UY: 3,
    PR: 3,
    FR: 0.6,
    CA: 0.6,
    BR: 0.5,
    DE: 0.4,
    IT: 0.4,
    GB: 0.3,
  },
};

/** Speakers of English in millions, as a first or second language (national censuses and Eurobarometer 386; rounded). */
const ENGLISH = {
  ...{
    US: 306,
    IN: 129,
    GB: 65,
    NG: 60,
    PH: 55,
    DE: 45,
    CA: 32,
    AU: 24,
    ZA: 17,
    MY: 16,
    NL: 15,
    KE: 10,
    SE: 9,
  },
  ...{ IE: 5, NZ: 5, SG: 4 },
};

const EUROPE = usersOf('GB DE FR IT ES PL NL BE SE DK NO FI IE AT CH PT CZ RO GR HU');
const ASIA_PACIFIC = usersOf('CN IN ID JP PH VN BD PK TH KR MY AU TW LK NP HK SG NZ');
const WORLD = byMediaRegion(INTERNET_USERS);
/** Eastern and Central time. */
const US_EAST: Shares = { 'us-east-1': 48, 'us-east-2': 29 };

/**
 * Audiences of the kinds that a stream has. Uniform is the hardest and models no known audience. The others follow the
 * internet users of their countries, the speakers of a language, or a mixture: a company's webinar with four in five viewers
 * in one place, two centres, a working day that follows the sun through Asia.
 */
export const AUDIENCES: Readonly<Record<string, Shares>> = {
  uniform: Object.fromEntries(MEDIA_REGIONS.map((mediaRegion) => [mediaRegion, 1])),
  'internet users': WORLD,
  'webinar 80/20': mixed([{ 'us-east-1': 1 }, 80], [WORLD, 20]),
  'two poles': mixed([US_EAST, 50], [byMediaRegion(EUROPE), 50]),
  'asia-pacific 70/30': mixed([byMediaRegion(ASIA_PACIFIC), 70], [WORLD, 30]),
  'asia-pacific': byMediaRegion(ASIA_PACIFIC),
  'english-speaking': byMediaRegion(ENGLISH),
  'spanish-speaking': byMediaRegion(SPANISH),
  'one country': byMediaRegion(usersOf('IN')),
};

/** Audiences that did not influence any constant of the placement rule: five more kinds, to test whether it generalizes. */
export const UNSEEN: Readonly<Record<string, Shares>> = {
  'africa and middle east': byMediaRegion(usersOf('NG EG ZA DZ MA GH ET KE TZ SA AE IQ TR IR')),
  'europe 70/30': mixed([byMediaRegion(EUROPE), 70], [WORLD, 30]),
  'united states 60/40': mixed([byMediaRegion(usersOf('US')), 60], [WORLD, 40]),
  'brazil and portugal': mixed([byMediaRegion(usersOf('BR PT')), 97], [WORLD, 3]),
  'three offices': { 'us-west-2': 40, 'eu-west-1': 35, 'ap-south-1': 25 },
};

/** Mixes audiences, each with its weight in the whole. */
function mixed(...parts: [Shares, number][]): Shares {
  const whole: Shares = {};
  for (const [shares, weight] of parts) {
    const sum = Object.values(shares).reduce((total, each) => total + each, 0);
    for (const [mediaRegion, share] of Object.entries(shares) as [MediaRegion, number][])
      whole[mediaRegion] = (whole[mediaRegion] ?? 0) + (share * weight) / sum;
  }
  return whole;
}
