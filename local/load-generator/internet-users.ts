import { mediaRegionOfCountry } from '../../lib/domain/geo/countries.ts';
import type { MediaRegion } from '../../lib/domain/geo/media-regions.ts';

/**
 * Internet users in millions: the share of a country's people who use the internet (ITU, published by the World Bank as
 * IT.NET.USER.ZS) times its population (SP.POP.TOTL), about 2023, rounded by hand. Contains the countries with 8 million or
 * more. Suitable for the proportions of the world, not for exact figures: https://data.worldbank.org/indicator/IT.NET.USER.ZS
 */
export const INTERNET_USERS: Readonly<Record<string, number>> = {
  CN: 1090,
  IN: 800,
  US: 320,
  ID: 190,
  BR: 180,
  RU: 133,
  JP: 107,
  MX: 104,
  NG: 85,
  PH: 88,
  EG: 85,
  VN: 78,
  DE: 78,
  BD: 77,
  TR: 74,
  IR: 73,
  PK: 66,
  GB: 66,
  TH: 64,
  FR: 59,
  IT: 51,
  KR: 50,
  ES: 46,
  ZA: 45,
  AR: 41,
  CO: 40,
  CA: 38,
  IQ: 36,
  SA: 36,
  DZ: 35,
  MA: 34,
  MY: 34,
  PL: 32,
  UZ: 32,
  UA: 30,
  PE: 27,
  AU: 26,
  GH: 24,
  ET: 24,
  TW: 22,
  LK: 11,
  KE: 19,
  VE: 19,
  KZ: 18,
  CL: 18,
  NL: 17,
  RO: 17,
  NP: 16,
  TZ: 19,
  EC: 13,
  GT: 10,
  BE: 11,
  SE: 10,
  CZ: 9,
  GR: 9,
  PT: 9,
  AE: 9,
  HU: 9,
  DO: 9,
  CH: 9,
  AT: 8,
  HK: 7,
  SG: 6,
  DK: 6,
  FI: 5,
  NO: 5,
  IE: 5,
  NZ: 5,
};

/** The shares of the United States by time zone are 48, 29, 7 and 16 %; California alone has 12 % (Census 2020). */
const UNITED_STATES = { 'us-east-1': 0.48, 'us-east-2': 0.29, 'us-west-2': 0.11, 'us-west-1': 0.12 } as const;

export type Shares = Partial<Record<MediaRegion, number>>;

/** Sums these countries by their nearest media region; the United States are split over its four. */
export function byMediaRegion(people: Readonly<Record<string, number>>): Shares {
  const shares: Shares = {};
  const add = (region: MediaRegion, millions: number) => {
    shares[region] = (shares[region] ?? 0) + millions;
  };
  for (const [country, millions] of Object.entries(people)) {
    const region = mediaRegionOfCountry(country);
    if (country === 'US')
      for (const [state, share] of Object.entries(UNITED_STATES)) add(state as MediaRegion, millions * share);
    else if (region) add(region, millions);
  }
  return shares;
}

/** The internet users of some countries. */
export function usersOf(countries: string): Record<string, number> {
  return Object.fromEntries(countries.split(' ').map((each) => [each, INTERNET_USERS[each] ?? 0]));
}
