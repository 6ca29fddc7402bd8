export interface Place {
  city: string;
  region: string;
  areaCode: string;
  postalPrefix: string;
}

const place = (city: string, region: string, areaCode: string, postalPrefix: string): Place => ({
  city,
  region,
  areaCode,
  postalPrefix,
});

/** The locations of the companies; the first eight are the territory of the demo. */
export const places: readonly Place[] = [
  place('Portland', 'OR', '503', '972'),
  place('Seattle', 'WA', '206', '981'),
  place('Eugene', 'OR', '541', '974'),
  place('Tacoma', 'WA', '253', '984'),
  place('Bend', 'OR', '541', '977'),
  place('Olympia', 'WA', '360', '985'),
  place('Salem', 'OR', '503', '973'),
  place('Spokane', 'WA', '509', '992'),
  place('Boise', 'ID', '208', '837'),
  place('Sacramento', 'CA', '916', '958'),
  place('Oakland', 'CA', '510', '946'),
  place('San Diego', 'CA', '619', '921'),
  place('Reno', 'NV', '775', '895'),
  place('Denver', 'CO', '303', '802'),
  place('Boulder', 'CO', '303', '803'),
  place('Salt Lake City', 'UT', '801', '841'),
  place('Phoenix', 'AZ', '602', '850'),
  place('Tucson', 'AZ', '520', '857'),
  place('Santa Fe', 'NM', '505', '875'),
  place('Austin', 'TX', '512', '787'),
  place('Dallas', 'TX', '214', '752'),
  place('Houston', 'TX', '713', '770'),
  place('Tulsa', 'OK', '918', '741'),
  place('Omaha', 'NE', '402', '681'),
  place('Minneapolis', 'MN', '612', '554'),
  place('Madison', 'WI', '608', '537'),
  place('Chicago', 'IL', '312', '606'),
  place('Detroit', 'MI', '313', '482'),
  place('Columbus', 'OH', '614', '432'),
  place('Nashville', 'TN', '615', '372'),
  place('Atlanta', 'GA', '404', '303'),
  place('Charleston', 'SC', '843', '294'),
  place('Raleigh', 'NC', '919', '276'),
  place('Richmond', 'VA', '804', '232'),
  place('Baltimore', 'MD', '410', '212'),
  place('Philadelphia', 'PA', '215', '191'),
  place('Providence', 'RI', '401', '029'),
  place('Boston', 'MA', '617', '021'),
  place('Burlington', 'VT', '802', '054'),
  place('Buffalo', 'NY', '716', '142'),
];

export const streets: readonly string[] = [
  'Alder Street',
  'Bay Avenue',
  'Canal Street',
  'Depot Road',
  'Elm Street',
  'Ferry Street',
  'Garden Way',
  'Harbor Drive',
  'Hill Road',
  'Mill Street',
  'Market Street',
  'Oak Avenue',
  'Orchard Lane',
  'Pier Road',
  'Quarry Road',
  'River Street',
  'Station Road',
  'Union Avenue',
  'Water Street',
  'Willow Lane',
];
