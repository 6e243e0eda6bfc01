import { mediaRegionOfCountry } from '../../../lib/domain/geo/countries.ts';
import { isMediaRegion } from '../../../lib/domain/geo/media-regions.ts';
import fc from '../../support/random/property.ts';

/** The officially assigned codes of ISO 3166-1 alpha-2. */
const ISO_3166_1 = `
  AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY
  BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK
  FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR
  IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK
  ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM
  PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF
  TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW`
  .trim()
  .split(/\s+/);

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

describe('the media region of a country', () => {
  it('is known for all 249 countries of ISO 3166-1 and for Kosovo, and for no other two letters', () => {
    expect(new Set(ISO_3166_1).size).toBe(249);
    const everyPair = LETTERS.flatMap((a) => LETTERS.map((b) => a + b));
    const served = everyPair.filter((code) => isMediaRegion(mediaRegionOfCountry(code)));
    expect(served).toEqual([...ISO_3166_1, 'XK'].toSorted());
  });

  it('covers only countries that the platform knows by name', () => {
    const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
    expect([...ISO_3166_1, 'XK'].filter((code) => names.of(code) === undefined)).toEqual([]);
  });

  it.each([
    ['AR', 'sa-east-1'],
    ['CO', 'us-east-1'],
    ['PA', 'us-east-1'],
    ['EG', 'eu-south-1'],
    ['MA', 'eu-west-3'],
    ['NG', 'eu-west-2'],
    ['ZW', 'af-south-1'],
    ['AE', 'ap-south-1'],
    ['IL', 'il-central-1'],
    ['KZ', 'eu-central-1'],
    ['TW', 'ap-northeast-1'],
    ['HK', 'ap-southeast-1'],
    ['NZ', 'ap-southeast-2'],
  ])('follows the submarine cables: %s is served by %s', (country, mediaRegion) => {
    expect(mediaRegionOfCountry(country)).toBe(mediaRegion);
  });

  it('is unknown for all but a two-letter code in capitals', () => {
    for (const junk of ['', 'us', 'USA', 'ZZ', 'U', 'US AG', '__proto__', 'constructor'])
      expect(mediaRegionOfCountry(junk)).toBeUndefined();
    const notACode = fc.string().filter((text) => !/^[A-Z]{2}$/.test(text));
    fc.assert(fc.property(notACode, (text) => mediaRegionOfCountry(text) === undefined));
  });
});
