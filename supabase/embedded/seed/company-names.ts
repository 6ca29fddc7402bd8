export type Segment =
  | 'Restaurant'
  | 'Restaurant group'
  | 'Hotel'
  | 'Catering'
  | 'Café and bakery'
  | 'Distributor'
  | 'Grocer'
  | 'Institution';

/** The frequency of each kind of customer. */
export const segmentWeights: Readonly<Record<Segment, number>> = {
  Restaurant: 30,
  'Restaurant group': 8,
  Hotel: 14,
  Catering: 10,
  'Café and bakery': 14,
  Distributor: 8,
  Grocer: 10,
  Institution: 6,
};

/** Words that follow the first word of a name. */
export const suffixes: Readonly<Record<Segment, readonly string[]>> = {
  Restaurant: [
    'Bistro',
    'Kitchen',
    'Grill',
    'Table',
    'Tavern',
    'Trattoria',
    'Cantina',
    'Oyster Bar',
    'Noodle House',
  ],
  'Restaurant group': ['Restaurant Group', 'Hospitality', 'Dining Group'],
  Hotel: ['Hotel', 'Inn', 'Lodge', 'Resort'],
  Catering: ['Catering', 'Events', 'Banquets'],
  'Café and bakery': ['Bakery', 'Coffee House', 'Patisserie', 'Bread Company'],
  Distributor: ['Foodservice', 'Wholesale Foods', 'Provisions Supply'],
  Grocer: ['Market', 'Grocers', 'Food Co-op'],
  Institution: ['University Dining', 'Medical Center Dining', 'School Meals'],
};

/** First words of company names. */
export const firstWords: readonly string[] = `
  Alderwood, Amber, Anchor, Ashland, Bayview, Beacon, Birch, Blackberry, Bluebird, Bridgeport, Brookside, Canyon,
  Cascade, Cedar, Chestnut, Clover, Cobalt, Copper, Cottonwood, Crescent, Crooked Creek, Driftwood, Eastgate,
  Elderberry, Ember, Evergreen, Fairhaven, Fennel, Fieldstone, Foxglove, Garnet, Gilded Spoon, Granite, Greenway,
  Harbor, Hawthorn, Hazel, Heron, Hilltop, Huckleberry, Indigo, Ironwood, Ivy, Juniper, Kestrel, Keystone, Lakeside,
  Lantern, Larch, Laurel, Lighthouse, Linden, Longhouse, Madrone, Magnolia, Maple, Marigold, Meadow, Mesa, Millstone,
  Moonrise, Mulberry, Northgate, Nutmeg, Oak and Ember, Old Town, Olive Branch, Orchard, Osprey, Otter Creek,
  Parkside, Pepperwood, Pine, Plum, Quarry, Quince, Raven, Redwood, Ridgeline, Riverbend, Rosewood, Saffron, Sage,
  Sandbar, Seaside, Silver Spoon, Sorrel, Stonecrop, Summit, Sunnyside, Tamarack, Thistle, Tidewater, Timber,
  Twin Pines, Union, Valley, Verbena, Wayfarer, Westbank, Wildwood, Willow, Windmill, Yarrow
`
  .split(',')
  .map((word) => word.trim());
