import type { MediaRegion } from './media-regions.ts';

/**
 * The media region that serves each country, chosen by submarine cables rather than by distance. The northern coast of South
 * America connects to Florida, North Africa to Marseille and Sicily, West Africa to Lisbon and London, Central Asia and the
 * Caucasus to Frankfurt, the Gulf to Mumbai. The choice is measured where AWS has a region in the country (`rtt.ts` names the
 * source), and a judgement elsewhere. Covers every code of ISO 3166-1 alpha-2, and XK.
 */
const COUNTRIES: Partial<Record<MediaRegion, string>> = {
  'us-east-1':
    'US AG AI AW BB BL BM BQ BS BZ CO CR CU CW DM DO EC GD GF GP GT GY HN HT JM KN KY LC MF MQ MS NI PA ' +
    'PR SR SV SX TC TT VC VE VG VI',
  'us-east-2': 'MX',
  'us-west-1': 'PF UM',
  'ca-central-1': 'CA GL PM',
  'sa-east-1': 'AR BO BR CL FK GS PE PY UY',
  'eu-west-1': 'IE',
  'eu-west-2': 'FO GB GG GH GI GM IM IS JE LR NG SH SL',
  'eu-west-3': 'AD BE BF BJ CF CI CM CV DZ ES FR GA GN GQ GW MA MC ML MR NE PT SN ST TD TG EH',
  'eu-central-1':
    'AM AT AZ BA BG BY CZ DE GE HR HU IQ IR KG KZ LU MD ME MK NL PL RO RS SI SK TJ TM TR UA UZ XK',
  'eu-north-1': 'AX DK EE FI LT LV NO RU SE SJ',
  'eu-south-1': 'AL CH CY DJ EG ER ET GR IT JO LB LI LY MT SD SM SO SY TN VA',
  'il-central-1': 'IL PS',
  'af-south-1': 'AO BI BV BW CD CG KE KM LS MG MU MW MZ NA RE RW SC SS SZ TF TZ UG YT ZA ZM ZW',
  'ap-south-1': 'AE AF BD BH BT IN KW LK MV NP OM PK QA SA YE',
  'ap-southeast-1': 'BN CC CX HK ID IO KH LA MM MO MY PH SG TH TL VN',
  'ap-southeast-2': 'AQ AS AU CK FJ HM KI NC NF NR NU NZ PG PN SB TK TO TV VU WF WS',
  'ap-northeast-1': 'CN FM GU JP MH MP PW TW',
  'ap-northeast-2': 'KP KR MN',
};

const REGION_OF = new Map(
  (Object.entries(COUNTRIES) as [MediaRegion, string][]).flatMap(([mediaRegion, codes]) =>
    codes.split(' ').map((code) => [code, mediaRegion] as const),
  ),
);

/** The media region that serves a country, named by ISO 3166-1 alpha-2 in capitals; undefined for anything else. */
export function mediaRegionOfCountry(country: string): MediaRegion | undefined {
  return REGION_OF.get(country);
}
