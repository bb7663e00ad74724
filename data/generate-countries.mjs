#!/usr/bin/env node
// Writes data/countries.yaml: every ISO 3166-1 code and Kosovo, with the names a newswire uses for them.
//
//   node data/generate-countries.mjs            fetches the pinned packages into a temporary folder and writes the file
//   node data/generate-countries.mjs --check    writes nothing; exit 1 if the file would change
//
// Options: --packages DIR (a node_modules that holds the npm packages below), --keshvar DIR (the crate's source);
// without them npm and cargo fetch what is pinned here. The sources give codes, containment and the plain names;
// what a newsroom writes beyond these, and every rule for a name with two meanings, stands in DESK below.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const AS_OF = '2026-11-22';
const NPM = { 'cldr-core': '48.2.0', 'cldr-localenames-full': '48.2.0', 'i18n-iso-countries': '7.14.0', yaml: '2.9.1' };
const CRATE = { keshvar: '0.7.0' };
const HERE = dirname(fileURLToPath(import.meta.url));
const OUT = join(HERE, 'countries.yaml');

// ---------------------------------------------------------------- what the desk knows

// States that newsrooms write about as countries although they are not among the 193 members of the United Nations.
const ALSO_COUNTRIES = ['PS', 'TW', 'VA', 'XK'];
// ISO codes of dependent territories and areas of special status; every other code is a country.
const TERRITORIES = (
  'AI AQ AS AW AX BL BM BQ BV CC CK CW CX EH FK FO GF GG GI GL GP GS GU HK HM IM IO JE KY MF MO MP MQ MS NC NF NU ' +
  'PF PM PN PR RE SH SJ SX TC TF TK UM VG VI WF YT'
).split(' ');

// Wikidata items, only where they are beyond doubt.
const WIKIDATA = Object.fromEntries(
  `AD 228 AE 878 AF 889 AG 781 AL 222 AM 399 AO 916 AQ 51 AR 414 AT 40 AU 408 AW 21203 AZ 227 BA 225 BB 244 BD 902 BE 31
   BF 965 BG 219 BH 398 BI 967 BJ 962 BM 23635 BN 921 BO 750 BR 155 BS 778 BT 917 BW 963 BY 184 BZ 242 CA 16 CD 974 CF 929
   CG 971 CH 39 CI 1008 CK 26988 CL 298 CM 1009 CN 148 CO 739 CR 800 CU 241 CV 1011 CY 229 CZ 213 DE 183 DJ 977 DK 35
   DM 784 DO 786 DZ 262 EC 736 EE 191 EG 79 EH 6250 ER 986 ES 29 ET 115 FI 33 FJ 712 FM 702 FO 4628 FR 142 GA 1000 GB 145
   GD 769 GE 230 GF 3769 GH 117 GI 1410 GL 223 GM 1005 GN 1006 GP 17012 GQ 983 GR 41 GT 774 GU 16635 GW 1007 GY 734
   HK 8646 HN 783 HR 224 HT 790 HU 28 ID 252 IE 27 IL 801 IM 9676 IN 668 IQ 796 IR 794 IS 189 IT 38 JE 785 JM 766 JO 810
   JP 17 KE 114 KG 813 KH 424 KI 710 KM 970 KN 763 KP 423 KR 884 KW 817 KY 5785 KZ 232 LA 819 LB 822 LC 760 LI 347 LK 854
   LR 1014 LS 1013 LT 37 LU 32 LV 211 LY 1016 MA 1028 MC 235 MD 217 ME 236 MG 1019 MH 709 MK 221 ML 912 MM 836 MN 711
   MO 14773 MQ 17054 MR 1025 MT 233 MU 1027 MV 826 MW 1020 MX 96 MY 833 MZ 1029 NA 1030 NC 33788 NE 1032 NG 1033 NI 811
   NL 55 NO 20 NP 837 NR 697 NU 34020 NZ 664 OM 842 PA 804 PE 419 PF 30971 PG 691 PH 928 PK 843 PL 36 PR 1183 PS 219060
   PT 45 PW 695 PY 733 QA 846 RE 17070 RO 218 RS 403 RU 159 RW 1037 SA 851 SB 685 SC 1042 SD 1049 SE 34 SG 334 SI 215
   SK 214 SL 1044 SM 238 SN 1041 SO 1045 SR 730 SS 958 ST 1039 SV 792 SX 26273 SY 858 SZ 1050 TD 657 TG 945 TH 869 TJ 863
   TL 574 TM 874 TN 948 TO 678 TR 43 TT 754 TV 672 TW 865 TZ 924 UA 212 UG 1036 US 30 UY 77 UZ 265 VA 237 VC 757 VE 717
   VG 25305 VI 11703 VN 881 VU 686 WS 683 XK 1246 YE 805 YT 17063 ZA 258 ZM 953 ZW 954`
    .split(/\s+/)
    .reduce((pairs, word, i, words) => (i % 2 ? [...pairs, [words[i - 1], `Q${word}`]] : pairs), []),
);

// Words of rules that several names share.
const US_GEORGIA = [
  'Atlanta', 'Savannah', 'Augusta', 'Macon', 'Fulton', 'Fulton County', 'Cobb County', 'Gwinnett', 'DeKalb', 'Brian Kemp', 'Kemp',
  'Raffensperger', 'Ossoff', 'Warnock', 'Stacey Abrams', 'Marjorie Taylor Greene', 'Herschel Walker', 'Fani Willis', 'Peach State',
  'governor', 'Gov.', 'senator', 'Sen.', 'Rep.', 'Republican', 'Republicans', 'Democrat', 'Democrats', 'GOP', 'swing state', 'battleground',
  'county', 'Alabama', 'Florida', 'South Carolina', 'North Carolina', 'Tennessee', 'Pennsylvania', 'Arizona', 'Wisconsin', 'Michigan',
  'Nevada', 'Bulldogs', 'Fort Benning', 'Fort Stewart', 'Plant Vogtle', 'Jimmy Carter', 'state legislature', 'statehouse', 'African American', 'Black voters', 'congressional', 'statewide', 'Electoral College', 'Confederate',
  'Senate', 'runoff', 'runoffs', 'Congress', 'district attorney', 'grand jury', 'immigration agents', 'Hyundai', 'Kia', 'Rivian', 'Biden', 'peach', 'peanut', 'Waffle House', 'Delta Air Lines', 'Coca-Cola',
];
const COUNTRY_GEORGIA = [
  'Tbilisi', 'Batumi', 'Kutaisi', 'Gori', 'Anaklia', 'Georgian', 'Georgians', 'Georgian Dream', 'Abkhazia', 'South Ossetia', 'Sukhumi', 'Tskhinvali',
  'Kobakhidze', 'Ivanishvili', 'Zourabichvili', 'Kavelashvili', 'Saakashvili', 'Garibashvili', 'Margvelashvili', 'Caucasus', 'foreign agents', 'foreign agent',
  'Armenia', 'Azerbaijan', 'Moldova', 'Ukraine', 'Russia', 'Russian', 'NATO', 'EU', 'European Union', 'accession', 'Black Sea', 'Turkey', 'Kremlin',
];

// One line a country. `name`: the common newswire name where CLDR's differs. `also`: further names. `demonyms`: instead of
// keshvar's (plurals are added where English has a regular one; a word in brackets stays as it is). `abbrev`: matched
// exactly. `former`, `prefix`, `metonym`. `rules`: what a name needs or refuses. `drop`: names of the sources we refuse.
const DESK = {
  AD: {},
  AE: {
    also: ['Emirates'],
    abbrev: ['UAE', 'U.A.E.'],
    demonyms: ['Emirati'],
    rules: {
      Emirates: {
        unless_next: ['Airlines', 'airline', 'Stadium', 'NBD', 'SkyCargo', 'Palace', 'flight', 'Group', 'Towers', 'FA', 'Islamic'],
        unless_prev: ['flydubai', 'Islamic'],
        unless_cue: ['airline', 'airlines', 'carrier', 'A380', 'Arteta', 'Tim Clark', 'cabin crew', 'Airbus', 'Boeing'],
      },
    },
  },
  AF: { also: ['Islamic Emirate of Afghanistan'], rules: { Afghan: { unless_next: ['hound', 'Whigs', 'rug'] } } },
  AG: {
    also: ['Antigua', 'Barbuda'],
    demonyms: ['Antiguan', 'Barbudan'],
    rules: { Antigua: { unless_next: ['Guatemala'], unless_cue: ['Guatemala', 'Guatemalan'] } },
  },
  AI: {},
  AL: { rules: { Albania: { unless_next: ['Lake'] } } },
  AM: {},
  AO: { rules: { Angola: { unless_next: ['prison', 'penitentiary'], unless_cue: ['Louisiana', 'penitentiary', 'death row'] } } },
  AQ: { demonyms: ['[Antarctic]'] },
  AR: { demonyms: ['Argentine', 'Argentinian', 'Argentinean'], rules: { Argentine: { unless_next: ['tango', 'ant', 'ants'] } } },
  AS: {},
  AT: {},
  AU: { demonyms: ['Australian', 'Aussie'], also: ['Commonwealth of Australia'], rules: { Australian: { unless_next: ['shepherd'] } } },
  AW: {},
  AX: { also: ['Aland', 'Aaland Islands'], demonyms: [] },
  AZ: { demonyms: ['Azerbaijani', 'Azeri'] },
  BA: {
    also: ['Bosnia-Herzegovina', 'Bosnia-Hercegovina', 'Herzegovina'],
    abbrev: ['BiH'],
    demonyms: ['Bosnian', 'Herzegovinian', 'Bosniak', 'Bosnian Serb', 'Bosnian Croat', 'Bosnian Muslim'],
  },
  BB: { demonyms: ['Barbadian', 'Bajan'] },
  BD: { former: ['East Pakistan'] },
  BE: { rules: { Belgian: { unless_next: ['waffle', 'waffles', 'Malinois', 'chocolate'] } } },
  BF: { also: ['Burkina', 'Burkina-Faso'], demonyms: ['[Burkinabe]', 'Burkinabé'], former: ['Upper Volta'] },
  BG: {},
  BH: { rules: { Bahrain: { unless_next: ['Grand Prix', 'GP', 'Victorious'] } } },
  BI: {},
  BJ: { former: ['Dahomey'], rules: { Benin: { unless_next: ['City', 'Bronzes', 'Bronze'] } } },
  BL: { also: ['St Barthelemy', 'Saint Barts', 'St. Barts', 'St Barts', 'Saint-Barthélemy'], demonyms: [] },
  BM: { demonyms: ['Bermudian', 'Bermudan'], rules: { Bermuda: { unless_next: ['Triangle', 'shorts', 'grass', 'Dunes'] } } },
  BN: { also: ['Brunei Darussalam'] },
  BO: {},
  BQ: { also: ['Bonaire', 'Sint Eustatius', 'St. Eustatius'], demonyms: [] },
  BR: { also: ['Brasil'], rules: { Brazil: { unless_next: ['nut', 'nuts', 'Indiana'] }, Brazilian: { unless_next: ['wax', 'jiu-jitsu', 'blowout', 'butt'] } } },
  BS: { drop: ['Commonwealth of The Bahamas'], also: ['Commonwealth of the Bahamas'] },
  BT: {},
  BV: {},
  BW: { demonyms: ['[Motswana]', '[Batswana]', 'Botswanan'] },
  BY: { demonyms: ['Belarusian', 'Belarussian', 'Belorussian'], former: ['Byelorussia', 'Belorussia'] },
  BZ: {},
  CA: { rules: { Canada: { unless_next: ['goose', 'geese', 'lynx'] }, Canadian: { unless_next: ['bacon', 'geese', 'goose', 'Solar', 'whisky'] } } },
  CC: { also: ['Keeling Islands'], demonyms: [] },
  CD: {
    name: 'DR Congo',
    also: ['Democratic Republic of Congo', 'D.R. Congo', 'Congo-Kinshasa', 'Congo Kinshasa', 'Congo', 'Democratic Congo'],
    abbrev: ['DRC', 'D.R.C.'],
    former: ['Zaire', 'Belgian Congo'],
    demonyms: ['[Congolese]', 'Zairian'],
    rules: {
      // The larger Congo, unless the words around it are the other's.
      Congo: {
        ambiguous: true,
        prefer_cue: ['Kinshasa', 'Goma', 'Bukavu', 'Kivu', 'North Kivu', 'South Kivu', 'Ituri', 'Katanga', 'Lubumbashi', 'Bunia', 'Beni', 'M23', 'Tshisekedi', 'Kabila', 'Rwanda', 'Rwandan', 'Rwanda-backed', 'MONUSCO', 'cobalt', 'Ebola', 'mpox', 'eastern', 'Gécamines', 'Lumumba', 'Mobutu'],
        reject_cue: ['Brazzaville', 'Pointe-Noire', 'Sassou Nguesso', 'Sassou-Nguesso', 'Nguesso'],
        unless_next: ['Square', 'red', 'Brazzaville', 'Basin'],
      },
      Congolese: {
        ambiguous: true,
        prefer_cue: ['Kinshasa', 'Goma', 'Bukavu', 'Kivu', 'M23', 'Tshisekedi', 'Kabila', 'Rwanda', 'MONUSCO'],
        reject_cue: ['Brazzaville', 'Pointe-Noire', 'Sassou Nguesso', 'Sassou-Nguesso', 'Nguesso'],
      },
    },
  },
  CF: {
    also: ['Centrafrique'],
    abbrev: ['CAR'],
    demonyms: ['Central African'],
    rules: {
      CAR: { needs_cue: ['Central African', 'Central African Republic', 'Bangui', 'Touadéra', 'Wagner', 'MINUSCA', 'Séléka', 'Bozizé'] },
      'Central African': { needs_cue: ['Central African Republic', 'CAR', 'Bangui', 'Touadéra', 'MINUSCA', 'Bozizé'], unless_next: ['states', 'countries', 'nations', 'region', 'bloc', 'economic', 'monetary', 'CFA', 'franc', 'leaders', 'nation'] },
      'Central Africans': { needs_cue: ['Central African Republic', 'CAR', 'Bangui', 'Touadéra', 'MINUSCA'] },
    },
  },
  CG: {
    name: 'Republic of the Congo',
    also: ['Republic of Congo', 'Congo Republic', 'Congo-Brazzaville', 'Congo Brazzaville', 'Congo'],
    demonyms: ['[Congolese]'],
    former: ['French Congo'],
    rules: {
      Congo: { ambiguous: true, needs_cue: ['Brazzaville', 'Pointe-Noire', 'Sassou Nguesso', 'Sassou-Nguesso', 'Nguesso'] },
      Congolese: { ambiguous: true, needs_cue: ['Brazzaville', 'Pointe-Noire', 'Sassou Nguesso', 'Sassou-Nguesso', 'Nguesso'] },
    },
  },
  CH: { demonyms: ['[Swiss]'], rules: { Swiss: { unless_next: ['cheese', 'chard', 'Army', 'Cottage', 'roll', 'Family'] } } },
  CI: { name: 'Ivory Coast', demonyms: ['Ivorian', 'Ivoirian'] },
  CK: {},
  CL: { rules: { Chile: { unless_next: ['relleno', 'pepper', 'peppers', 'powder', 'verde'] } } },
  CM: { also: ['Cameroun'] },
  CN: {
    also: ['Mainland China', 'mainland China', 'Communist China'],
    abbrev: ['PRC', 'P.R.C.'],
    demonyms: ['[Chinese]'],
    prefix: ['Sino'],
    rules: {
      China: { unless_next: ['Syndrome', 'Grove', 'Airlines', 'Lake', 'Miéville', 'Basin'] },
      Chinese: { unless_next: ['checkers', 'takeout', 'food', 'restaurant', 'cabbage', 'zodiac', 'Theatre', 'Theater', 'whispers', 'wall', 'walls', 'Taipei', 'lantern', 'medicine'] },
    },
  },
  CO: { demonyms: ['Colombian'], rules: { Colombia: { unless_next: ['Pictures', 'Heights'] } } },
  CR: {},
  CU: {
    rules: {
      Cuba: { unless_next: ['Gooding', 'libre', 'Missouri'] },
      Cuban: { unless_prev: ['Mark'], unless_next: ['sandwich', 'heels', 'Link'], unless_cue: ['Mark Cuban', 'Shark Tank', 'Mavericks'] },
    },
  },
  CV: { demonyms: ['Cape Verdean', 'Cabo Verdean'] },
  CW: { also: ['Curaçao'], demonyms: ['Curaçaoan'] },
  CX: { demonyms: [] },
  CY: { demonyms: ['Cypriot', 'Greek Cypriot', 'Turkish Cypriot', 'Greek-Cypriot', 'Turkish-Cypriot'] },
  CZ: { demonyms: ['Czech'] },
  DE: {
    former: ['West Germany', 'East Germany', 'German Democratic Republic'],
    demonyms: ['German', 'East German', 'West German'],
    prefix: ['Germano'],
    rules: {
      German: { unless_next: ['shepherd', 'shepherds', 'measles', 'Vargas', 'Garavano', 'Martinez', 'Larrea', 'Caffarelli', 'chocolate', 'Pezzella'] },
    },
  },
  DJ: { demonyms: ['Djiboutian'] },
  DK: { demonyms: ['[Danish]', '[Danes]'], also: ['Danish Realm'], rules: { Danish: { unless_next: ['pastry', 'pastries', 'Siddiqui', 'Kaneria'] } } },
  DM: {
    demonyms: ['Dominican'],
    rules: {
      Dominican: { ambiguous: true, needs_cue: ['Dominica', 'Roseau', 'Skerrit', 'Windward'], unless_next: ['Republic', 'friar', 'order'] },
      Dominicans: { ambiguous: true, needs_cue: ['Dominica', 'Roseau', 'Skerrit', 'Windward'] },
    },
  },
  DO: {
    demonyms: ['Dominican'],
    also: ['República Dominicana'],
    rules: {
      Dominican: { ambiguous: true, reject_cue: ['Dominica', 'Roseau', 'Skerrit'], unless_next: ['friar', 'friars', 'order', 'nun', 'nuns', 'monk', 'monks', 'priest', 'sister', 'Sisters', 'convent', 'monastery', 'theologian'] },
      Dominicans: { ambiguous: true, reject_cue: ['Dominica', 'Roseau', 'Skerrit', 'friars', 'Franciscans', 'Jesuits'] },
    },
  },
  DZ: { also: ["People's Democratic Republic of Algeria"] },
  EC: { demonyms: ['Ecuadorian', 'Ecuadorean', 'Ecuadoran'] },
  EE: {},
  EG: { rules: { Egyptian: { unless_next: ['cotton', 'Theatre'] } } },
  EH: { demonyms: ['Sahrawi', 'Saharawi', 'Western Saharan'], also: ['Sahara Occidental'], former: ['Spanish Sahara'] },
  ER: {},
  ES: {
    demonyms: ['[Spanish]', 'Spaniard'],
    rules: { Spanish: { unless_next: ['language', 'speaker', 'speakers', 'speaking', 'flu', 'moss', 'omelette', 'Harlem', 'Steps', 'Inquisition', 'Sahara'] } },
  },
  ET: { former: ['Abyssinia'], rules: { Ethiopian: { unless_next: ['Airlines'] } } },
  FI: { demonyms: ['[Finnish]', '[Finns]'] },
  FJ: { rules: { Fiji: { unless_next: ['Water', 'bottle'] } } },
  FK: { also: ['Falklands', 'Malvinas', 'Islas Malvinas', 'Malvinas Islands'] },
  FM: { also: ['Federated States of Micronesia'], demonyms: ['Micronesian'] },
  FO: { also: ['Faroes', 'Faeroe Islands', 'Faroe'], demonyms: ['[Faroese]'] },
  FR: {
    demonyms: ['[French]', '[Frenchman]', '[Frenchmen]', '[Frenchwoman]'],
    prefix: ['Franco'],
    rules: {
      France: { unless_prev: ['Anatole', 'Tour de', 'Ile de', 'Île-de'], unless_next: ['24', 'Télévisions', 'Info', 'Inter'] },
      French: {
        unless_next: ['fries', 'fry', 'toast', 'kiss', 'kisses', 'kissing', 'horn', 'Quarter', 'bulldog', 'bulldogs', 'onion', 'Montana', 'Laundry', 'dressing', 'language', 'speaker', 'speakers', 'speaking', 'bread', 'braid', 'manicure', 'Lick', 'Sudan', 'Stewart', 'Gates'],
        unless_prev: ['Dawn', 'Daniel Chester', 'Marilyn', 'Tana', 'Christopher'],
      },
    },
  },
  GA: {},
  GB: {
    also: ['Britain', "Great Britain", 'United Kingdom of Great Britain and Northern Ireland'],
    abbrev: ['UK', 'U.K.', 'U.K'],
    demonyms: ['[British]', 'Briton', 'Brit'],
    prefix: ['Anglo'],
    rules: {
      Britain: { unless_prev: ['Little'] },
      British: { unless_next: ['Columbia', 'Columbian', 'thermal', 'shorthair'] },
    },
  },
  GD: { demonyms: ['Grenadian'] },
  GE: {
    demonyms: ['Georgian'],
    rules: {
      Georgia: {
        ambiguous: true,
        prefer_cue: COUNTRY_GEORGIA,
        reject_cue: US_GEORGIA,
        unless_next: ['Tech', 'Meloni', "O'Keeffe", 'Bulldogs', 'Gov.', 'Secretary', 'Sen.', 'Rep.', 'Republican', 'Republicans', 'Democrat', 'Democrats', 'Supreme Court', 'Court of Appeals', 'Bureau', 'Aquarium', 'Pacific', 'Toffolo', 'Stanway', 'Harrison', 'Engel', 'Congressman', 'Congresswoman', 'Rule', 'Dome', 'Attorney', 'Lt.', 'Lieutenant', 'Ports', 'Public Service Commission'],
        unless_prev: ['coastal', 'northwest', 'northeast', 'southwest', 'southeast', 'north', 'south', 'University of', 'rural', 'state of', 'U.S. state of', 'Atlanta', 'Augusta', 'Savannah', 'Athens', 'Macon', 'Rome', 'Columbus', 'Valdosta', 'Albany', 'Marietta', 'Brunswick', 'Dalton', 'Gainesville', 'Winder', 'Ellabell', 'Decatur', 'Fort Benning'],
      },
      Georgian: { unless_next: ['Bay', 'era', 'house', 'houses', 'mansion', 'mansions', 'architecture', 'architect', 'terrace', 'terraced', 'townhouse', 'Court', 'style', 'Downs', 'College', 'building', 'buildings'] },
    },
  },
  GF: { also: ['Guyane'], demonyms: ['French Guianan', '[French Guianese]'] },
  GG: { demonyms: [] },
  GH: {},
  GI: { demonyms: ['Gibraltarian'] },
  GL: { demonyms: ['[Greenlandic]', 'Greenlander'], also: ['Kalaallit Nunaat'], rules: { Greenland: { unless_next: ['shark', 'New Hampshire'] } } },
  GM: { drop: ['The Gambia', 'Republic of The Gambia'], also: ['Republic of the Gambia', 'Islamic Republic of the Gambia'] },
  GN: {
    also: ['Guinea-Conakry', 'Guinea Conakry'],
    former: ['French Guinea'],
    rules: {
      Guinea: { unless_prev: ['Portuguese', 'Spanish'], unless_next: ['pig', 'pigs', 'fowl', 'fowls', 'hen', 'worm', 'Bissau'] },
      Guinean: { unless_prev: ['Bissau'] },
      Guineans: { unless_prev: ['Bissau'] },
    },
  },
  GP: { demonyms: ['Guadeloupean'], rules: { Guadeloupe: { unless_next: ['Mountains'] } } },
  GQ: { also: ['Guinea Ecuatorial'], demonyms: ['Equatorial Guinean', 'Equatoguinean'] },
  GR: { demonyms: ['Greek'], prefix: ['Greco'], rules: { Greek: { unless_next: ['yogurt', 'yoghurt', 'salad', 'tragedy', 'mythology', 'alphabet', 'Theatre', 'Theater', 'god', 'gods'] }, Greece: { unless_next: ['New York'] } } },
  GS: { name: 'South Georgia and the South Sandwich Islands', demonyms: [], also: ['South Georgia', 'South Sandwich Islands'] },
  GT: {},
  GU: { demonyms: ['Guamanian'] },
  GW: { also: ['Guinea Bissau'], former: ['Portuguese Guinea'], demonyms: ['Bissau-Guinean', 'Guinea-Bissauan'] },
  GY: { former: ['British Guiana'] },
  HK: { also: ['Hongkong', 'Hong Kong SAR'], abbrev: ['HKSAR'], demonyms: ['Hong Konger', 'Hongkonger'], drop: ['Hong Kong SAR China'] },
  HM: { demonyms: [] },
  HN: {},
  HR: { demonyms: ['Croatian', 'Croat'] },
  HT: {},
  HU: {},
  ID: { former: ['Dutch East Indies'] },
  IE: {
    also: ['Republic of Ireland', 'Irish Republic'],
    demonyms: ['[Irish]', '[Irishman]', '[Irishmen]', '[Irishwoman]'],
    rules: {
      Ireland: { unless_prev: ['Kathy', 'John', 'Jill', 'Kylie', 'Patricia', 'Colin', 'Stephen', 'Archbishop'], unless_next: ['Baldwin'] },
      Irish: { unless_prev: ['Fighting', 'Notre Dame'], unless_next: ['coffee', 'setter', 'stew', 'wolfhound', 'whiskey', 'Car Bomb', 'linebacker'] },
    },
  },
  IL: {
    demonyms: ['Israeli', 'Arab Israeli', 'Israeli Arab', 'Arab-Israeli'],
    metonym: ['Jewish state'],
    rules: {
      Israel: { unless_next: ['Adesanya', 'Vázquez', 'Vazquez', 'Vallarta', 'Folau', 'Houghton', 'Kamakawiwoʻole', 'Horovitz', 'Broussard', 'Mukwege', 'Dagg', 'Bissell', 'Zangwill', 'Idonije', 'Keyes', 'Ochoa'], unless_prev: ['Lands of', 'Menasseh ben', 'Jonathan', 'Steve', 'Yusef', 'Franco', 'Al'] },
    },
  },
  IM: { drop: ['Man'], demonyms: ['[Manx]'], rules: { Manx: { unless_next: ['cat', 'cats'] } } },
  IN: {
    also: ['Bharat'],
    prefix: ['Indo'],
    rules: {
      India: { unless_prev: ['Arie', 'Rhode', 'British East', 'Dutch East', 'Air France'], unless_next: ['Arie', 'ink', 'Hicks', 'Walton', 'Willoughby', 'pale'] },
      Indian: {
        unless_prev: ['Cleveland', 'Plains', 'Pueblo', 'Ute'],
        unless_next: ['Ocean', 'Wells', 'summer', 'reservation', 'reservations', 'Affairs', 'Health Service', 'Gaming', 'tribe', 'tribes', 'Removal', 'boarding', 'burial', 'casino', 'casinos', 'mascot', 'Child Welfare', 'Motorcycle', 'Beach', 'giver', 'subcontinent'],
      },
      Indians: { unless_prev: ['Cleveland', 'Indianapolis', 'Plains', 'Pueblo', 'Lumbee', 'Cherokee', 'Mission', 'Sioux', 'Navajo'] , unless_next: ['pitcher', 'manager', 'shortstop', 'fans'] },
    },
  },
  IO: { also: ['Chagos Islands', 'Chagos', 'Diego Garcia'], abbrev: ['BIOT'], demonyms: ['Chagossian'], rules: { 'Diego Garcia': { unless_cue: ['striker', 'midfielder', 'singer', 'director'] } } },
  IQ: {},
  IR: { former: ['Persia'], metonym: ['Islamic Republic'], rules: { 'Islamic Republic': { needs: ['irn'], unless_next: ['of'] }, Persia: { unless_cue: ['ancient', 'Prince of Persia'] } } },
  IS: { demonyms: ['[Icelandic]', 'Icelander'], rules: { Iceland: { unless_next: ['Foods', 'supermarket', 'store', 'stores', 'Airwaves'] } } },
  IT: { prefix: ['Italo'], rules: { Italian: { unless_next: ['sausage', 'seasoning', 'dressing', 'restaurant', 'greyhound'] } } },
  JE: {
    demonyms: [],
    rules: {
      Jersey: {
        needs_cue: ['Channel Islands', 'Guernsey', 'St Helier', 'Saint Helier', 'St. Helier', 'bailiwick', 'Bailiwick', 'crown dependency', 'Crown Dependency', 'Crown dependency', 'crown dependencies', 'Crown Dependencies', 'tax haven', 'tax havens', 'States Assembly', 'Isle of Man', 'offshore', 'trusts', 'oligarch', 'oligarchs', 'Abramovich', 'froze', 'frozen'],
        unless_next: ['City', 'Shore', 'Boys', 'Mike', 'Devils', 'cow', 'cows', 'cattle', 'Journal'],
      },
    },
  },
  JM: { rules: { Jamaica: { unless_next: ['Kincaid', 'Plain', 'Bay', 'Queens', 'Station', 'Avenue', 'Inn'] } } },
  JO: {
    also: ['Transjordan'],
    rules: {
      Jordan: {
        ambiguous: true,
        prefer_cue: ['Amman', 'King Abdullah', 'Abdullah II', 'Queen Rania', 'Rania', 'Safadi', 'Hashemite', 'Jordanian', 'Jordanians', 'Israel', 'Syria', 'Iraq', 'Egypt', 'Saudi Arabia', 'West Bank', 'Aqaba', 'Zarqa', 'Zaatari', 'refugees', 'kingdom', 'Palestinian', 'Palestinians', 'Gaza', 'Lebanon', 'Arab', 'Tower 22'],
        reject_cue: ['fellow Republicans', 'Republicans', 'gavel', 'Ohioan', 'Republican colleagues', 'House Republicans', 'speakership', 'vote for speaker', 'Michael Jordan', 'Jim Jordan', 'Rep. Jordan', 'Jordan Peterson', 'Jordan Belfort', 'DeAndre Jordan', 'Barbara Jordan', 'Vernon Jordan', 'Nike', 'Air Jordan', 'sneaker', 'sneakers', 'Chicago Bulls', 'NBA', 'Wimbledon', 'Judiciary Committee', 'Jordan brand', 'Charlotte Hornets'],
        unless_prev: ['Michael', 'Jim', 'Rep.', 'Congressman', 'Chairman', 'DeAndre', 'Barbara', 'Vernon', 'Mike', 'Michael B.', 'Eddie', 'Neil', 'Hamilton', 'June', 'Duncan', 'Thomas', 'David Starr', 'Jeremy', 'Kathryn', 'Montell', 'Mr.', 'Ms.', 'Mrs.', 'Dr.', 'Judge', 'Sheriff', 'Sgt.', 'Officer', 'Coach', 'Katie', 'Robert', 'Cameron'],
        unless_next: ['Peterson', 'Belfort', 'Peele', 'Spieth', 'Pickford', 'Henderson', 'Ayew', 'Bardella', 'Poole', 'Clarkson', 'Chiles', 'Larmour', 'Sparks', 'Smith', 'Thompson', 'Davis', 'Brown', 'Wolf', 'Klepper', 'Cove', 'Rapp', 'Knight', 'Fisher', 'Neely', 'Addison', 'Binnington', 'Montgomery', 'Kyrou', 'Hicks', 'Mailata', 'Brand', 'Catholic', 'Minnesota', 'Hall', 'Walker', 'Burroughs', 'Schlansky', 'Goudreau', 'McGraw', 'Fogal', 'Rondel', 'Stolz', 'Crook'],
      },
    },
  },
  JP: { rules: { Japanese: { unless_next: ['maple', 'knotweed', 'beetle', 'beetles', 'restaurant', 'Breakfast'] } } },
  KE: { rules: { Kenya: { unless_next: ['Moore', 'Barris', 'Barry'], unless_prev: ['Mount'] } } },
  KG: { demonyms: ['[Kyrgyz]', 'Kyrgyzstani', '[Kirghiz]'], former: ['Kirghizia', 'Kirgizia'] },
  KH: { also: ['Kampuchea'], demonyms: ['Cambodian', '[Khmer]'], rules: { Khmer: { unless_next: ['Rouge'] } } },
  KI: { demonyms: ['[I-Kiribati]'] },
  KM: { demonyms: ['Comoran', 'Comorian'], also: ['Comoro Islands', 'Comoros Islands'] },
  KN: { also: ['St. Kitts', 'St Kitts', 'Saint Kitts', 'Nevis'], demonyms: ['Kittitian', 'Nevisian'], rules: { Nevis: { unless_prev: ['Ben'] } } },
  KP: {
    also: ['N. Korea', 'N Korea', "Democratic People's Republic of Korea"],
    abbrev: ['DPRK', 'D.P.R.K.'],
    demonyms: ['North Korean', 'N. Korean'],
  },
  KR: {
    also: ['S. Korea', 'S Korea', 'Republic of Korea', 'Korea', 'Korea Republic'],
    abbrev: ['ROK'],
    demonyms: ['South Korean', 'S. Korean', 'Korean'],
    rules: {
      ROK: { unless_next: ['Rozman'] },
      // "Korea" alone is the South, unless the words around it are the North's.
      Korea: { ambiguous: true, prefer_cue: ['Seoul', 'Samsung', 'Hyundai', 'SK Hynix', 'KOSPI', 'K-pop', 'Busan', 'Lee Jae-myung', 'Yoon'], reject_cue: ['Pyongyang', 'Kim Jong Un', 'Kim Jong-un', 'Kim Jong Il', 'Kim Il Sung', 'DPRK'], unless_next: ['Bay', 'Strait', 'Peninsula'] },
      Korean: { ambiguous: true, prefer_cue: ['Seoul', 'Samsung', 'Hyundai', 'SK Hynix', 'KOSPI', 'K-pop', 'Busan'], reject_cue: ['Pyongyang', 'Kim Jong Un', 'Kim Jong-un', 'Kim Jong Il', 'Kim Il Sung', 'DPRK'], unless_next: ['War', 'Peninsula', 'barbecue', 'BBQ', 'language', 'speakers', 'Central News Agency', "People's Army", "Workers' Party"] },
    },
  },
  KW: {},
  KY: { also: ['Caymans'], rules: { Caymans: { unless_cue: ['caiman'] } } },
  KZ: { demonyms: ['Kazakhstani', 'Kazakh'] },
  LA: { demonyms: ['[Lao]', 'Laotian'], also: ['Lao PDR'], rules: { Lao: { unless_next: ['Tzu', 'Tse', 'Zi'] } } },
  LB: {
    demonyms: ['[Lebanese]'],
    rules: { Lebanon: { unless_next: ['County'], unless_prev: ['Mount'] } },
  },
  LC: {},
  LI: {},
  LK: { former: ['Ceylon'], rules: { Ceylon: { unless_next: ['tea', 'cinnamon'] } } },
  LR: {},
  LS: { demonyms: ['[Basotho]', '[Mosotho]'] },
  LT: {},
  LU: {
    also: ['Luxemburg'],
    demonyms: ['Luxembourger', '[Luxembourgish]'],
    rules: { Luxembourg: { unless_next: ['province'], unless_prev: ['province of'] }, Luxemburg: { unless_prev: ['Rosa'] } },
  },
  LV: {},
  LY: { former: ['Libyan Arab Jamahiriya'] },
  MA: {},
  MC: { demonyms: ['[Monegasque]', '[Monegasques]', 'Monacan'] , rules: { Monaco: { unless_prev: ['AS', 'Mario', 'Kelly'], unless_next: ['Grand Prix', 'GP'] } } },
  MD: { former: ['Moldavia', 'Bessarabia'] },
  ME: {
    rules: {
      Montenegro: {
        ambiguous: true,
        prefer_cue: ['Podgorica', 'Montenegrin', 'Montenegrins', 'Balkans', 'Balkan', 'Serbia', 'Serbian', 'Kosovo', 'NATO', 'Adriatic', 'Djukanovic', 'Spajic', 'Milatovic', 'Albania', 'Croatia', 'Bosnia', 'Kotor', 'accession'],
        reject_cue: ['Portugal', 'Portuguese', 'Lisbon', 'Chega', 'Luis Montenegro', 'Luís Montenegro', 'Spinumviva'],
      },
    },
  },
  MF: {
    also: ['Saint-Martin'],
    demonyms: [],
    drop: ['Collectivity of Saint-Martin'],
    rules: Object.fromEntries(['St. Martin', 'St Martin', 'Saint Martin', 'Saint-Martin'].map((t) => [t, { needs_cue: ['Caribbean', 'Marigot', 'Guadeloupe', 'Irma', 'Sint Maarten', 'collectivity', 'Antilles', 'hurricane', 'Hurricane', 'Saint Barthélemy', 'overseas', 'island'], unless_next: ['Parish', "'s Press", 'Press', 'de'] }])),
  },
  MG: { demonyms: ['[Malagasy]', 'Madagascan'] },
  MH: {},
  MK: {
    also: ['Republic of Macedonia', 'Former Yugoslav Republic of Macedonia'],
    abbrev: ['FYROM'],
    former: ['Macedonia'],
    rules: {
      Macedonia: { ambiguous: true, prefer_cue: ['Skopje', 'Zaev', 'Mickoski', 'VMRO', 'VMRO-DPMNE', 'Gruevski', 'Ohrid', 'Prespa', 'Bulgaria', 'Albania', 'Kosovo', 'Balkans', 'EU', 'NATO'], reject_cue: ['Thessaloniki', 'Alexander the Great', 'ancient', 'Philip II', 'Kavala', 'Greek region', 'northern Greece', 'tomb', 'Vergina'], unless_prev: ['region of', 'province of', 'Western', 'Eastern', 'Greek', 'ancient', 'Aegean'] },
      Macedonian: { unless_prev: ['ancient'], unless_next: ['king', 'phalanx', 'dynasty', 'empire'] },
    },
  },
  ML: { rules: { Mali: { unless_prev: ['Kathy', 'Pavel'], unless_next: ['Marshall'] } } },
  MM: { demonyms: ['[Burmese]'], former: ['Burma'], rules: { Burmese: { unless_next: ['python', 'pythons', 'cat', 'cats'] }, Burma: { unless_next: ['Shave', 'Road'] } } },
  MN: { rules: { Mongolian: { unless_prev: ['Inner'], unless_next: ['beef', 'barbecue', 'grill'] }, Mongolia: { unless_prev: ['Inner'] } } },
  MO: { name: 'Macau', also: ['Macao'], demonyms: ['[Macanese]'], drop: ['Macao SAR China'] },
  MP: { also: ['Northern Marianas'], abbrev: ['CNMI'], demonyms: [] },
  MQ: { demonyms: ['Martinican'] },
  MR: {},
  MS: {},
  MT: { rules: { Maltese: { unless_next: ['Falcon', 'cross', 'dog', 'terrier'] }, Malta: { unless_next: ['Montana', 'Idaho'], unless_prev: ['Knights of', 'Order of'] } } },
  MU: {},
  MV: { also: ['Maldive Islands'], demonyms: ['Maldivian'] },
  MW: {},
  MX: { also: ['México'], rules: { Mexico: { unless_next: ['Beach', 'Missouri'] }, Mexican: { unless_next: ['standoff', 'restaurant', 'Hat', 'food'] } } },
  MY: { demonyms: ['Malaysian', 'Malay'], former: ['Malaya'], rules: { Malay: { unless_next: ['Peninsula', 'Archipelago', 'Mail'] } } },
  MZ: { demonyms: ['Mozambican'], also: ['Moçambique'] },
  NA: { former: ['South West Africa', 'South-West Africa'] },
  NC: { demonyms: ['New Caledonian', 'Kanak'] },
  NE: {
    demonyms: ['Nigerien', 'Nigerois'],
    rules: { Niger: { unless_next: ['river', 'Coast', 'Basin', 'Innis'], unless_prev: ['Office du'] } },
  },
  NF: { demonyms: [] },
  NG: { rules: { Nigerian: { unless_next: ['prince'] } } },
  NI: {},
  NL: {
    also: ['Holland', 'Kingdom of the Netherlands'],
    demonyms: ['[Dutch]', '[Dutchman]', '[Dutchmen]'],
    rules: {
      Holland: { unless_prev: ['Tom', 'Dexter', 'Andre', 'André', 'Agnieszka', 'Jools', 'Dominic', 'Todd', 'Eddie', 'Josiah', 'Sam', 'Steve', 'Jonathan', 'Endicott', 'William', 'Park'], unless_next: ['Tunnel', 'Michigan', 'Taylor', 'America', 'Park', '& Knight', 'and Knight', 'Roden'] },
      Dutch: { unless_prev: ['Pennsylvania', 'Double', 'going', 'go'], unless_next: ['oven', 'ovens', 'courage', 'Bros', 'elm', 'Ruppersberger', 'Wonderland', 'auction', 'auctions', 'Reagan', 'Schultz', 'Leonard'] },
    },
  },
  NO: { rules: { Norway: { unless_next: ['rat', 'rats', 'maple', 'spruce', 'lobster', 'Maine'] }, Norwegian: { unless_next: ['Cruise'] } } },
  NP: { demonyms: ['Nepali', '[Nepalese]'] },
  NR: {},
  NU: {},
  NZ: { demonyms: ['New Zealander', '[Kiwis]'], abbrev: ['NZ'], also: ['Aotearoa', 'N. Zealand'], rules: { Kiwis: { unless_cue: ['fruit', 'fruits', 'orchard'] } } },
  OM: {},
  PA: { demonyms: ['Panamanian'], rules: { Panama: { unless_next: ['City', 'hat', 'hats', 'Jack', 'disease', 'Jeff'] } }, drop: ['Republic of Panamá'], also: ['Republic of Panama'] },
  PE: { drop: ['Republic of Perú'], also: ['Republic of Peru'], rules: { Peru: { unless_next: ['Indiana'] } } },
  PF: { demonyms: ['French Polynesian'] },
  PG: { also: ['Papua-New Guinea'], abbrev: ['PNG'], rules: { PNG: { needs_cue: ['Papua', 'Papua New Guinea', 'Port Moresby', 'Marape', 'Bougainville', 'Pacific', 'Enga', 'Australia', 'Australian', 'Lae'] } } },
  PH: { demonyms: ['Filipino', 'Filipina', '[Philippine]'], rules: { Filipino: { unless_next: ['food', 'restaurant'] } } },
  PK: { former: ['West Pakistan'] },
  PL: {
    demonyms: ['[Polish]', '[Poles]'],
    rules: { Polish: { unless_next: ['sausage', 'sausages', 'hot dog', 'remover', 'up'] }, Poles: { unless_prev: ['Trekking', 'Ski', 'Utility', 'Totem'] } },
  },
  PM: { also: ['Saint-Pierre and Miquelon', 'Saint-Pierre et Miquelon'], demonyms: [], drop: ['Overseas Collectivity of Saint-Pierre and Miquelon'] },
  PN: { rules: { Pitcairn: { needs_cue: ['Pitcairn Island', 'Pitcairn Islands', 'Pacific', 'Adamstown', 'HMS Bounty', 'British'] } } },
  PR: {},
  PS: {
    name: 'Palestinian Territories',
    also: ['Palestinian territories', 'Occupied Palestinian Territory', 'Occupied Palestinian Territories', 'occupied Palestinian territories', 'occupied Palestinian territory', 'Palestinian state'],
    abbrev: ['OPT'],
    rules: {
      Palestine: { unless_prev: ['Mandatory', 'Mandate'], unless_next: ['Texas', 'Ohio'] },
      OPT: { needs_cue: ['Gaza', 'West Bank', 'Palestinian', 'Palestinians', 'occupied'] },
    },
  },
  PT: { demonyms: ['[Portuguese]'], prefix: ['Luso'], rules: { Portuguese: { unless_next: ["man-of-war", 'man', 'water dog', 'language', 'speakers', 'speaking'] }, Portugal: { unless_next: ['The Man'] } } },
  PW: {},
  PY: {},
  QA: { rules: { Qatar: { unless_next: ['Airways', 'Grand Prix', 'GP'] } } },
  RE: {
    also: ['La Réunion', 'Réunion Island'],
    demonyms: [],
    rules: { 'Réunion': { case: 'exact' } },
  },
  RO: { demonyms: ['Romanian', 'Rumanian'], former: ['Rumania'] },
  RS: { demonyms: ['Serbian', 'Serb'] },
  RU: {
    former: ['Soviet Union', 'USSR', 'U.S.S.R.'],
    prefix: ['Russo'],
    demonyms: ['Russian', 'Soviet'],
    rules: {
      Russian: { unless_next: ['roulette', 'dressing', 'doll', 'dolls', 'nesting', 'Tea Room', 'sage', 'olive', 'thistle', 'language', 'speakers', 'speaking'], unless_prev: ['White', 'Black'] },
      Russians: { unless_prev: ['White'] },
      Soviet: { as: 'former', unless_prev: ['post'], until: '1991-12-26' },
      Soviets: { as: 'former', until: '1991-12-26' },
      'Soviet Union': { until: '1991-12-26' },
      USSR: { until: '1991-12-26' },
      'U.S.S.R.': { until: '1991-12-26' },
    },
  },
  RW: {},
  SA: { also: ['Kingdom of Saudi Arabia'], abbrev: ['KSA', 'K.S.A.'], demonyms: ['Saudi', 'Saudi Arabian'] },
  SB: {},
  SC: { demonyms: ['[Seychellois]'] },
  SD: { demonyms: ['[Sudanese]'], rules: { Sudan: { unless_next: ['dye', 'Texas', 'Archives'] }, } },
  SE: { demonyms: ['[Swedish]', 'Swede'], rules: { Swedish: { unless_next: ['meatballs', 'meatball', 'massage'] }, Sweden: { unless_next: ['Maine'] } } },
  SG: { rules: { Singapore: { unless_next: ['Sling', 'Grand Prix', 'noodles', 'Math'] } } },
  SH: { also: ['St. Helena', 'St Helena', 'Ascension Island', 'Tristan da Cunha'], demonyms: ['Saint Helenian'], rules: Object.fromEntries(['St. Helena', 'St Helena', 'Saint Helena'].map((t) => [t, { unless_next: ['California', 'Bay', 'Parish'], unless_cue: ['Napa', 'California', 'Napoleon'] }])) },
  SI: { demonyms: ['Slovenian', 'Slovene'] },
  SJ: { also: ['Svalbard', 'Jan Mayen', 'Spitsbergen'], demonyms: [] },
  SK: { demonyms: ['Slovak', 'Slovakian'] },
  SL: {},
  SM: { demonyms: ['[Sammarinese]'], rules: { 'San Marino': { unless_next: ['California', 'Grand Prix'] } } },
  SN: {},
  SO: { demonyms: ['Somali', 'Somalian'], rules: { Somali: { unless_next: ['Region', 'Bantu'] } } },
  SR: { demonyms: ['[Surinamese]'], also: ['Surinam'], former: ['Dutch Guiana'] },
  SS: { demonyms: ['[South Sudanese]'], also: ['S. Sudan'] },
  ST: { also: ['São Tomé'], demonyms: ['Sao Tomean'] },
  SV: { demonyms: ['Salvadoran', 'Salvadorean', 'Salvadorian'] },
  SX: { also: ['St. Maarten', 'St Maarten'], demonyms: [] },
  SY: {},
  SZ: { also: ['eSwatini'], demonyms: ['Swazi', 'Emaswati'] },
  TC: { also: ['Turks and Caicos'], demonyms: [] },
  TD: {
    rules: {
      Chad: {
        ambiguous: true,
        prefer_cue: ["N'Djamena", 'Ndjamena', 'Déby', 'Deby', 'Chadian', 'Chadians', 'Sudan', 'Sudanese', 'Darfur', 'Adré', 'Libya', 'Cameroon', 'Niger', 'Nigeria', 'Sahel', 'refugees', 'Boko Haram', 'Central African Republic', 'Africa', 'African', 'France', 'French', 'Mali', 'Burkina Faso', 'junta', 'Masra', 'Habré', 'Russia'],
        reject_cue: ['Chad Wolf', 'Chad Chronister', 'hanging chad', 'Nickelback', 'Bengals', 'Chad Daybell', 'alpha', 'incel', 'GigaChad'],
        unless_prev: ['Lake', 'St.', 'hanging', 'Mr.', 'Sheriff', 'Sgt.', 'Officer', 'Judge', 'Coach', 'brother', 'son', 'husband', 'and his son'],
        unless_next: ['Wolf', 'Bianco', 'Chronister', 'Daybell', 'Johnson', 'Smith', 'Kroeger', 'Ochocinco', 'Pennington', 'Henne', 'Boseman', 'Boyce', 'Ford', 'Mendez', 'Michael', 'Muska', 'Hurley', 'Kelly', 'Le Clos', 'Reed', 'Ruhwedel', 'Bown', 'Brown', 'Griffin', 'Mizelle', 'Lindberg', 'Readler', 'Hugo', 'Gilbert', 'Pregracke', 'Oppenheim', 'Taylor', 'Wallace', 'Basin', 'Green', 'Kelley', 'Williams', 'Davis', 'Miller', 'Murphy', 'Stahelski', 'Thevenot', 'Bell', 'Cascadden'],
      },
    },
  },
  TF: { also: ['French Southern and Antarctic Lands'], demonyms: [] },
  TG: { rules: { Togo: { unless_prev: ['Shigenori', 'Admiral'] } } },
  TH: { rules: { Thai: { unless_next: ['food', 'restaurant', 'basil', 'massage', 'curry', 'Binh', 'Nguyen'], unless_prev: ['Pad'] } } },
  TJ: { demonyms: ['Tajik', 'Tajikistani'] },
  TK: {},
  TL: { name: 'East Timor', also: ['Timor Leste'], demonyms: ['[East Timorese]', '[Timorese]'] },
  TM: { demonyms: ['[Turkmen]', 'Turkmenistani'], former: ['Turkmenia'], rules: { Turkmen: { unless_prev: ['Syrian'] } } },
  TN: {},
  TO: {},
  TR: {
    name: 'Turkey',
    also: ['Republic of Turkey'],
    demonyms: ['[Turkish]', '[Turks]'],
    former: ['Ottoman Empire'],
    prefix: ['Turco'],
    rules: {
      Turkey: {
        ambiguous: true,
        prefer_cue: ['Ankara', 'Istanbul', 'Erdogan', 'Erdoğan', 'Fidan', 'Turkish', 'NATO', 'Syria', 'Kurdish', 'Kurds', 'PKK', 'Black Sea', 'Bosphorus', 'lira', 'Greece', 'Cyprus', 'Russia', 'Iran', 'EU'],
        reject_cue: ['Thanksgiving', 'pardons', 'pardoned', 'pardon', 'pardoning', 'poultry', 'Butterball', 'stuffing', 'cranberry', 'gravy', 'roast', 'roasted', 'sandwich', 'bacon', 'gobbler', 'turkeys', 'avian flu', 'bird flu', 'chicken'],
        unless_prev: ['Wild', 'Cold', 'Norbest', 'Roast', 'Heritage', 'Ground', 'Smoked'],
        unless_next: ['Day', 'Trot', 'Bowl', 'Vulture', 'sandwich', 'breast', 'bacon', 'burger', 'burgers', 'meatballs', 'farmers', 'soup', 'leg', 'legs', 'Pardon'],
      },
      Turkish: { unless_next: ['delight', 'bath', 'baths', 'coffee', 'towel', 'towels', 'Cypriot', 'Cypriots'] },
      Turks: { unless_prev: ['Young'], unless_next: ['and Caicos'] },
      'Ottoman Empire': { until: '1922-11-01' },
    },
  },
  TT: {
    also: ['Trinidad', 'Tobago'],
    demonyms: ['Trinidadian', 'Tobagonian'],
    rules: { Trinidad: { unless_next: ['Colorado', 'James', 'Chambliss', 'Jiménez', 'California', 'Texas'], unless_cue: ['Beni', 'Bolivia', 'Cuba'] } },
  },
  TV: {},
  TW: {
    also: ['Republic of China', 'Republic of China (Taiwan)', 'Chinese Taipei'],
    abbrev: ['ROC', 'R.O.C.'],
    former: ['Formosa'],
    rules: {
      ROC: { needs_cue: ['Taiwan', 'Taiwanese', 'Taipei', 'Republic of China', 'Kuomintang', 'KMT', 'Lai Ching-te', 'Tsai Ing-wen', 'Chiang Kai-shek', 'cross-strait'] },
      'R.O.C.': { needs_cue: ['Taiwan', 'Taiwanese', 'Taipei', 'Republic of China', 'Kuomintang', 'KMT'] },
      Formosa: { needs_cue: ['Taiwan', 'Taiwanese', 'Taipei', 'Chinese', 'Chiang'], unless_next: ['Plastics', 'Province'] },
    },
  },
  TZ: { former: ['Tanganyika'], rules: { Tanganyika: { unless_prev: ['Lake'] } } },
  UA: { demonyms: ['Ukrainian'], },
  UG: {},
  UM: { also: ['Wake Island', 'Midway Atoll', 'U.S. Minor Outlying Islands'], demonyms: [] },
  US: {
    also: ['America', 'United States of America'],
    abbrev: ['US', 'U.S.', 'U.S', 'USA', 'U.S.A.'],
    // Americans by origin: without these names their origin would be read as the country meant. With a hyphen
    // ("Chinese-American trade") both countries are, so only the continents have one here.
    demonyms: ['American', 'African American', 'African-American', 'Asian American', 'Asian-American', 'Arab American', 'Arab-American', 'Native American', 'American Indian', 'Mexican American', 'Cuban American', 'Indian American', 'Chinese American', 'Korean American', 'Japanese American', 'Iranian American', 'Palestinian American', 'Vietnamese American', 'Haitian American', 'Somali American', 'Filipino American', 'Jewish American', 'Muslim American'],
    rules: {
      America: { unless_prev: ['Captain', 'Miss', 'Club', 'Copa', 'Spanish', 'Meso', 'British North', 'Holland', 'Good Morning', 'Mr.', 'Tuned In'], unless_next: ['Ferrera', 'Móvil', 'Movil', 'Online', 'de Cali', 'Mineiro'] },
      American: { unless_prev: ['Pan', 'Inter', 'Meso'], unless_next: ['Samoa', 'Samoan', 'Airlines', 'football', 'Psycho', 'Sniper', 'bulldog', 'pit bull', 'cheese', 'bison', 'robin', 'alligator', 'shorthair', 'Gothic', 'University of'] },
    },
  },
  UY: { demonyms: ['Uruguayan'], drop: ['Oriental Republic of Uruguay'] },
  UZ: { demonyms: ['Uzbek', 'Uzbekistani'] },
  VA: { also: ['Vatican', 'Holy See', 'Vatican City State'], demonyms: [], rules: { Vatican: { unless_next: ['II', 'Two', 'Council'] } } },
  VC: {
    name: 'St. Vincent and the Grenadines',
    also: ['St. Vincent', 'St Vincent', 'Saint Vincent', 'Grenadines'],
    demonyms: ['Vincentian', 'Saint Vincentian'],
    rules: Object.fromEntries([
      ...['St. Vincent', 'St Vincent', 'Saint Vincent'].map((t) => [t, { needs_cue: ['Grenadines', 'Kingstown', 'La Soufrière', 'Caribbean', 'Gonsalves', 'volcano', 'Windward', 'CARICOM', 'Caricom'], unless_next: ['de Paul', "'s", 'Millay', 'College'] }]),
      ['Vincentian', { unless_next: ['order', 'priest', 'priests'] }],
    ]),
  },
  VE: {},
  VG: { abbrev: ['BVI'], drop: ['Virgin Islands'], demonyms: [] },
  VI: { also: ['US Virgin Islands', 'Virgin Islands of the United States', 'Virgin Islands'], abbrev: ['USVI'], demonyms: ['Virgin Islander'], rules: { 'Virgin Islands': { unless_prev: ['Spanish'], unless_cue: ['British', 'Tortola', 'BVI', 'Road Town'] }, } },
  VN: {
    also: ['Viet Nam', 'Socialist Republic of Vietnam'],
    demonyms: ['[Vietnamese]'],
    former: ['South Vietnam', 'North Vietnam'],
    rules: { Vietnam: { unless_next: ['veteran', 'veterans', 'vet', 'vets', 'Memorial', 'era', 'Wall'] } },
  },
  VU: { former: ['New Hebrides'], demonyms: ['[Ni-Vanuatu]', 'Vanuatuan'] },
  WF: { demonyms: [] },
  WS: { former: ['Western Samoa'], rules: { Samoa: { unless_next: ['Joe'] }, } },
  XK: { also: ['Republic of Kosovo', 'Kosova'], demonyms: ['Kosovar', 'Kosovan', 'Kosovo Albanian', 'Kosovo Serb', 'Kosovar Albanian', 'Kosovar Serb'] },
  YE: { former: ['South Yemen', 'North Yemen'] },
  YT: { demonyms: [] },
  ZA: { also: ['S. Africa'], demonyms: ['South African'] },
  ZM: { former: ['Northern Rhodesia'] },
  ZW: { former: ['Rhodesia', 'Southern Rhodesia'], rules: { Rhodesia: { unless_prev: ['Southern'] } } },
};

// ---------------------------------------------------------------- the sources

const flags = process.argv.slice(2);
const value = (name) => (flags.includes(name) ? flags[flags.indexOf(name) + 1] : undefined);
if (Number(process.versions.node.split('.')[0]) < 20) fail('Node 20 or newer is needed');

function fail(message) {
  console.error(`generate-countries: ${message}`);
  process.exit(2);
}

function fetchSources() {
  let packages = value('--packages');
  let keshvar = value('--keshvar');
  let scratch;
  if (!packages || !keshvar) scratch = mkdtempSync(join(tmpdir(), 'newsgen-countries-'));
  if (!packages) {
    console.error('fetching CLDR and ISO names from npm ...');
    writeFileSync(join(scratch, 'package.json'), '{"private": true}');
    const wanted = Object.entries(NPM).map(([name, version]) => `${name}@${version}`);
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--silent', ...wanted], { cwd: scratch, stdio: ['ignore', 'ignore', 'inherit'] });
    packages = join(scratch, 'node_modules');
  }
  if (!keshvar) {
    console.error('fetching demonyms from crates.io ...');
    const dir = join(scratch, 'crate');
    mkdirSync(join(dir, 'src'), { recursive: true });
    writeFileSync(join(dir, 'src', 'lib.rs'), '');
    writeFileSync(join(dir, 'Cargo.toml'), `[package]\nname = "scratch"\nversion = "0.0.0"\nedition = "2021"\n[dependencies]\nkeshvar = "=${CRATE.keshvar}"\n[workspace]\n`);
    const meta = JSON.parse(execFileSync('cargo', ['metadata', '--quiet', '--format-version', '1'], { cwd: dir, maxBuffer: 1 << 26, stdio: ['ignore', 'pipe', 'inherit'] }));
    keshvar = dirname(meta.packages.find((p) => p.name === 'keshvar').manifest_path);
  }
  const done = () => scratch && rmSync(scratch, { recursive: true, force: true });
  return { packages, keshvar, done };
}

const { packages, keshvar, done } = fetchSources();
process.on('exit', done);
const json = (path) => JSON.parse(readFileSync(join(packages, path), 'utf8'));
for (const [name, version] of Object.entries(NPM)) {
  const found = json(`${name}/package.json`).version;
  if (found !== version) console.error(`warning: ${name} is ${found}, pinned is ${version}`);
}
const YAML = createRequire(join(packages, 'x.js'))('yaml');

const cldrNames = json('cldr-localenames-full/main/en/territories.json').main.en.localeDisplayNames.territories;
const containment = json('cldr-core/supplemental/territoryContainment.json').supplemental.territoryContainment;
const isoNames = json('i18n-iso-countries/langs/en.json').countries;
const isoCodes = json('i18n-iso-countries/codes.json'); // [alpha-2, alpha-3, numeric]
const regions = YAML.parse(readFileSync(join(HERE, 'regions.yaml'), 'utf8')).regions;

function fromCrate(a2, constant) {
  const path = join(keshvar, 'src', 'countries', `${a2.toLowerCase()}.rs`);
  if (!existsSync(path)) return undefined;
  return readFileSync(path, 'utf8').match(new RegExp(`const ${constant}:[^=]*= (?:Some\\()?"([^"]*)"`))?.[1];
}

// ---------------------------------------------------------------- regions

const LEAF = /^\d{3}$/;
function parentsOf(code) {
  const chain = [];
  const climb = (child) => {
    const above = Object.keys(containment).filter((k) => {
      const area = k.slice(0, 3);
      const plain = k === area && containment[k]._grouping !== 'true';
      const grouping = k === '202-status-grouping' || k === '419-status-grouping' || ((k === '202' || k === '419') && containment[k]);
      return LEAF.test(area) && area !== '001' && (plain || grouping) && containment[k]._contains.includes(child);
    });
    for (const area of above) if (!chain.includes(area)) chain.push(area);
    for (const area of above) climb(area);
  };
  climb(code);
  // The leaf first, then the wider ones; 202 and 419 are M49's own middle level.
  const groups = { 202: ['011', '014', '017', '018'], 419: ['005', '013', '029'] };
  for (const [group, leaves] of Object.entries(groups)) {
    if (leaves.includes(chain[0]) && !chain.includes(group)) chain.splice(1, 0, group);
  }
  return chain.filter((area) => LEAF.test(area));
}

function regionOf(a2, parents) {
  const homes = regions.filter((r) => {
    if (r.members?.includes(a2) || r.add?.includes(a2)) return true;
    return r.m49?.some((leaf) => parents.includes(leaf)) && !r.drop?.includes(a2);
  });
  if (homes.length !== 1) fail(`${a2} stands in ${homes.length} regions: ${homes.map((r) => r.id).join(', ')}`);
  return homes[0].id;
}

// ---------------------------------------------------------------- names

const plain = (text) => text.replace(/[’ʻ]/g, "'").replace(/\s+/g, ' ').trim();
const fold = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/ø/g, 'o');

/** The spellings of a source's name that a text would hold: no comma, no bracket, `&` as "and", saints in three forms. */
function spellings(source) {
  let text = plain(source).replace(/^The (?!Gambia$)/, '');
  if (/[,(]| - /.test(text)) return [];
  const list = text.includes('&') ? [text.replace(/&/g, 'and'), text] : [text];
  return list.flatMap((t) => {
    const saint = t.match(/^(?:St\.|Saint) (.*)$/);
    return saint ? [`St. ${saint[1]}`, `St ${saint[1]}`, `Saint ${saint[1]}`] : [t];
  });
}

function demonymsOf(a2, desk, owners) {
  let words = desk.demonyms;
  if (!words) {
    const found = fromCrate(a2, 'NATIONALITY');
    if (!found) return [];
    words = found.split(/, | and /).map(plain);
    const shared = owners.get(found).filter((code) => code !== a2);
    if (shared.length) fail(`${a2}: "${found}" is also ${shared.join(', ')}; settle it in DESK`);
  }
  return words.flatMap((word) => {
    if (word.startsWith('[')) return [word.slice(1, -1)];
    // English has a plural for these endings; "Chinese", "Swedish" and "Dutch" are their own.
    return /(?:ese|sh|ch|ss|é|x)$/.test(word) ? [word] : [word, `${word}s`];
  });
}

const owners = new Map();
for (const [a2] of isoCodes) {
  const desk = DESK[a2] ?? fail(`${a2} is missing in DESK`);
  const found = desk.demonyms ? undefined : fromCrate(a2, 'NATIONALITY');
  if (found) owners.set(found, [...(owners.get(found) ?? []), a2]);
}

function entity([a2, isoA3, numeric]) {
  const desk = DESK[a2];
  const a3 = a2 === 'XK' ? 'XKX' : isoA3;
  const kind = TERRITORIES.includes(a2) ? 'territory' : 'country';
  if (ALSO_COUNTRIES.includes(a2) && kind !== 'country') fail(`${a2} cannot be both`);
  const cldr = Object.keys(cldrNames).filter((k) => k === a2 || k.startsWith(`${a2}-alt-`)).map((k) => cldrNames[k]);
  const name = desk.name ?? spellings(cldrNames[`${a2}-alt-short`] && !['US', 'GB', 'BA', 'PN'].includes(a2) ? cldrNames[`${a2}-alt-short`] : cldrNames[a2])[0];
  if (!name) fail(`${a2} has no plain name in CLDR; give it one in DESK`);

  const long = fromCrate(a2, 'ISO_LONG_NAME');
  const listed = [...cldr, ...[isoNames[a2] ?? []].flat(), ...(long ? [long] : [])].flatMap(spellings);
  const dropped = new Set([...(desk.drop ?? []), ...(desk.abbrev ?? []), ...(desk.former ?? [])]);
  const abbrevs = new Set(desk.abbrev ?? []);

  const aliases = [];
  const seen = new Set();
  const add = (t, extra) => {
    const rules = desk.rules?.[t] ?? {};
    const bare = t === name && !Object.keys(rules).length;
    if (seen.has(fold(t)) || bare) return seen.add(fold(t));
    seen.add(fold(t));
    aliases.push({ t, ...extra, ...rules });
  };
  add(name, {});
  for (const t of [...listed, ...(desk.also ?? [])]) {
    if (dropped.has(t)) continue;
    if (/^[A-Z.]{2,}$/.test(t) && !abbrevs.has(t)) fail(`${a2}: "${t}" looks like an abbreviation; list it under abbrev`);
    add(t, {});
  }
  for (const t of desk.abbrev ?? []) add(t, { as: 'abbrev', case: 'exact' });
  for (const t of desk.former ?? []) add(t, { as: 'former' });
  for (const t of desk.metonym ?? []) add(t, { as: 'metonym' });
  for (const t of demonymsOf(a2, desk, owners)) add(t, { as: 'demonym' });
  for (const t of desk.prefix ?? []) add(t, { as: 'prefix' });
  for (const t of Object.keys(desk.rules ?? {})) {
    if (!aliases.some((a) => a.t === t) && Object.keys(desk.rules[t]).length) fail(`${a2}: a rule for "${t}", which is no name of it`);
  }

  const parents = parentsOf(a2);
  return { id: a3.toLowerCase(), name, kind, iso: { a2, a3, m49: numeric }, wikidata: WIKIDATA[a2], region: regionOf(a2, parents), m49_parents: parents, aliases };
}

// ---------------------------------------------------------------- the file

const PLAIN = /^[\p{L}][\p{L}\p{M}0-9 .&'-]*$/u;
const RESERVED = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf)$/i;
function scalar(value) {
  if (typeof value === 'boolean') return String(value);
  const safe = PLAIN.test(value) && !RESERVED.test(value) && !/\s$|^\s/.test(value);
  return safe ? value : JSON.stringify(value);
}
const flow = (v) =>
  Array.isArray(v) ? `[${v.map(flow).join(', ')}]` : v && typeof v === 'object' ? `{${Object.entries(v).map(([k, x]) => `${k}: ${flow(x)}`).join(', ')}}` : scalar(v);

function write(e) {
  const lines = [`  - id: ${e.id}`, `    name: ${scalar(e.name)}`, `    kind: ${e.kind}`];
  lines.push(`    iso: {a2: "${e.iso.a2}", a3: ${e.iso.a3}, m49: "${e.iso.m49}"}`);
  if (e.wikidata) lines.push(`    wikidata: ${e.wikidata}`);
  lines.push(`    region: ${e.region}`, `    m49_parents: [${e.m49_parents.map((p) => `"${p}"`).join(', ')}]`);
  if (e.aliases.length) {
    lines.push('    aliases:');
    for (const a of e.aliases) lines.push(`      - ${flow(a)}`);
  }
  return lines.join('\n');
}

const entities = isoCodes.map(entity).sort((a, b) => (a.id < b.id ? -1 : 1));
if (entities.length !== 250) fail(`${entities.length} entities instead of 249 and Kosovo`);

const header = `# Every country and territory: the 249 codes of ISO 3166-1, and Kosovo (XK, user-assigned; its number is CLDR's).
#
# GENERATED. Do not edit: change DESK in data/generate-countries.mjs and run
#
#     node data/generate-countries.mjs
#
# Codes, containment and plain names come from CLDR ${NPM['cldr-core']} (npm cldr-core, cldr-localenames-full) and from
# i18n-iso-countries ${NPM['i18n-iso-countries']}, demonyms from the crate keshvar ${CRATE.keshvar}; their notices stand in data/NOTICES.md. Newswire
# names, further names and the rules for names with two meanings are ours. Capitals and metonyms are in capitals.yaml, cities in places-*.yaml.
#
# \`region\` follows from \`m49_parents\` (the M49 leaf area first, then the wider ones) and data/regions.yaml.
# An alias equal to \`name\` is there for its rules only and stands in place of the implied one.
version: 1
as_of: ${AS_OF}
entities:
`;
const text = `${header}${entities.map(write).join('\n')}\n`;

const names = entities.reduce((n, e) => n + 1 + e.aliases.filter((a) => a.t !== e.name).length, 0);
const count = (kind) => entities.filter((e) => e.kind === kind).length;
console.error(`${count('country')} countries, ${count('territory')} territories, ${names} names`);
if (flags.includes('--check')) {
  const same = existsSync(OUT) && readFileSync(OUT, 'utf8') === text;
  console.error(same ? 'countries.yaml is up to date' : 'countries.yaml differs from what its sources give');
  process.exit(same ? 0 : 1);
}
writeFileSync(OUT, text);
