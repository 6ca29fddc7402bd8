import type { Place } from './places.ts';

export interface Principal extends Place {
  name: string;
  website: string;
  products: readonly string[];
}

const codes = {
  OR: { areaCode: '541', postalPrefix: '971' },
  WA: { areaCode: '360', postalPrefix: '982' },
};

const brand = (
  name: string,
  domain: string,
  [city, region]: [city: string, region: 'OR' | 'WA'],
  products: readonly string[],
): Principal => ({
  name,
  website: `https://${domain}.example.com`,
  city,
  region,
  products,
  ...codes[region],
});

/** The brands and manufacturers the team sells for. */
export const principals: readonly Principal[] = [
  brand(
    'Blue Fjord Seafood',
    'blue-fjord',
    ['Bellingham', 'WA'],
    ['cold-smoked salmon', 'albacore loins', 'Dungeness crab meat', 'cured trout', 'oyster sampler'],
  ),
  brand(
    'Casa Romero Tortillas',
    'casa-romero',
    ['Yakima', 'WA'],
    ['blue corn tortillas', 'flour tortillas', 'tostada shells', 'fresh masa', 'salsa macha'],
  ),
  brand(
    'Golden Acre Dairy',
    'golden-acre',
    ['Tillamook', 'OR'],
    ['cultured butter', 'crème fraîche', 'aged cheddar', 'buttermilk', 'soft-serve base'],
  ),
  brand(
    'Hearthstone Mill',
    'hearthstone-mill',
    ['Pendleton', 'OR'],
    ['bread flour', 'rye flour', 'pizza flour', 'rolled oats', 'polenta'],
  ),
  brand(
    'Monte Verde Oils',
    'monte-verde',
    ['Dundee', 'OR'],
    ['extra virgin olive oil', 'fryer oil', 'hazelnut oil', 'aged balsamic', 'sherry vinegar'],
  ),
  brand(
    'Saltmarsh Provisions',
    'saltmarsh',
    ['Astoria', 'OR'],
    ['flake salt', 'pickled vegetables', 'chili crisp', 'stone-ground mustard', 'fruit preserves'],
  ),
  brand(
    'Spice Route Trading',
    'spice-route',
    ['Seattle', 'WA'],
    ['smoked paprika', 'house spice blends', 'vanilla beans', 'black garlic', 'loose-leaf tea'],
  ),
  brand(
    'Wild Harvest Farms',
    'wild-harvest',
    ['Hood River', 'OR'],
    ['foraged mushrooms', 'microgreens', 'frozen berries', 'baby root vegetables', 'cider pressings'],
  ),
];
