/**
 * Latitude and longitude, in degrees, of the places of ISO 3166-1 that the base map (Natural Earth 1:110m) has no shape
 * for: they are shown as points. Rounded to a tenth of a degree, about the middle of the place or its capital.
 */
export const smallPlaces: Readonly<Record<string, readonly [latitude: number, longitude: number]>> = {
  AD: [42.5, 1.5], // Andorra
  AG: [17.1, -61.8], // Antigua and Barbuda
  AI: [18.2, -63.1], // Anguilla
  AS: [-14.3, -170.7], // American Samoa
  AW: [12.5, -70.0], // Aruba
  AX: [60.2, 20.0], // Åland Islands
  BB: [13.2, -59.5], // Barbados
  BH: [26.0, 50.5], // Bahrain
  BL: [17.9, -62.8], // Saint Barthélemy
  BM: [32.3, -64.8], // Bermuda
  BQ: [12.2, -68.3], // Bonaire, Sint Eustatius and Saba
  BV: [-54.4, 3.4], // Bouvet Island
  CC: [-12.2, 96.8], // Cocos (Keeling) Islands
  CK: [-21.2, -159.8], // Cook Islands
  CV: [15.1, -23.6], // Cabo Verde
  CW: [12.2, -69.0], // Curaçao
  CX: [-10.5, 105.7], // Christmas Island
  DM: [15.4, -61.4], // Dominica
  FM: [6.9, 158.2], // Micronesia
  FO: [62.0, -6.8], // Faroe Islands
  GD: [12.1, -61.7], // Grenada
  GF: [4.0, -53.0], // French Guiana
  GG: [49.5, -2.6], // Guernsey
  GI: [36.1, -5.4], // Gibraltar
  GP: [16.2, -61.5], // Guadeloupe
  GS: [-54.3, -36.7], // South Georgia and the South Sandwich Islands
  GU: [13.4, 144.8], // Guam
  HK: [22.3, 114.2], // Hong Kong
  HM: [-53.1, 73.5], // Heard Island and McDonald Islands
  IM: [54.2, -4.5], // Isle of Man
  IO: [-7.3, 72.4], // British Indian Ocean Territory
  JE: [49.2, -2.1], // Jersey
  KI: [1.4, 173.0], // Kiribati
  KM: [-11.9, 43.9], // Comoros
  KN: [17.3, -62.7], // Saint Kitts and Nevis
  KY: [19.3, -81.3], // Cayman Islands
  LC: [13.9, -61.0], // Saint Lucia
  LI: [47.2, 9.5], // Liechtenstein
  MC: [43.7, 7.4], // Monaco
  MF: [18.1, -63.1], // Saint Martin (French part)
  MH: [7.1, 171.4], // Marshall Islands
  MO: [22.2, 113.5], // Macao
  MP: [15.2, 145.7], // Northern Mariana Islands
  MQ: [14.6, -61.0], // Martinique
  MS: [16.7, -62.2], // Montserrat
  MT: [35.9, 14.4], // Malta
  MU: [-20.3, 57.6], // Mauritius
  MV: [4.2, 73.5], // Maldives
  NF: [-29.0, 168.0], // Norfolk Island
  NR: [-0.5, 166.9], // Nauru
  NU: [-19.1, -169.9], // Niue
  PF: [-17.6, -149.4], // French Polynesia
  PM: [46.8, -56.2], // Saint Pierre and Miquelon
  PN: [-25.1, -130.1], // Pitcairn
  PW: [7.5, 134.6], // Palau
  RE: [-21.1, 55.5], // Réunion
  SC: [-4.6, 55.5], // Seychelles
  SG: [1.3, 103.8], // Singapore
  SH: [-15.9, -5.7], // Saint Helena, Ascension and Tristan da Cunha
  SJ: [78.2, 16.0], // Svalbard and Jan Mayen
  SM: [43.9, 12.5], // San Marino
  ST: [0.3, 6.7], // Sao Tome and Principe
  SX: [18.0, -63.1], // Sint Maarten (Dutch part)
  TC: [21.8, -71.8], // Turks and Caicos Islands
  TK: [-9.2, -171.8], // Tokelau
  TO: [-21.1, -175.2], // Tonga
  TV: [-8.5, 179.2], // Tuvalu
  UM: [19.3, 166.6], // United States Minor Outlying Islands
  VA: [41.9, 12.5], // Holy See
  VC: [13.3, -61.2], // Saint Vincent and the Grenadines
  VG: [18.4, -64.6], // Virgin Islands (British)
  VI: [18.3, -64.9], // Virgin Islands (U.S.)
  WF: [-13.3, -176.2], // Wallis and Futuna
  WS: [-13.8, -172.1], // Samoa
  XK: [42.6, 20.9], // Kosovo
  YT: [-12.8, 45.2], // Mayotte
};
