/**
 * What headers of German, French, Spanish and Italian files are called in English, folded and with every other sign as
 * a space: those of Outlook and Excel in these languages, and of hand-made sheets.
 */
const english: Record<string, string> = {
  ...each('first name', 'vorname', 'rufname', 'prenom', 'nombre de pila'),
  ...each('middle name', 'weitere vornamen', 'deuxieme prenom', 'segundo nombre', 'secondo nome'),
  ...each(
    'last name',
    'nachname',
    'familienname',
    'zuname',
    'nom de famille',
    'apellido',
    'apellidos',
    'cognome',
  ),
  ...each(
    'name',
    'nom',
    'nombre',
    'nome',
    'nom complet',
    'nombre completo',
    'nome completo',
    'ansprechpartner',
  ),
  ...each('salutation', 'anrede', 'titel', 'civilite', 'tratamiento', 'titolo'),
  ...each(
    'company',
    'firma',
    'firmenname',
    'unternehmen',
    'societe',
    'entreprise',
    'raison sociale',
    'empresa',
  ),
  ...each('company', 'azienda', 'societa', 'ragione sociale'),
  ...each('department', 'abteilung', 'service', 'departamento', 'reparto'),
  ...each(
    'position',
    'funktion',
    'berufsbezeichnung',
    'fonction',
    'poste',
    'titre',
    'cargo',
    'puesto',
    'ruolo',
  ),
  ...each('phone', 'telefon', 'telefonnummer', 'festnetz', 'rufnummer', 'telefono', 'fixe', 'tel fixe'),
  ...each(
    'mobile phone',
    'mobil',
    'handy',
    'handynummer',
    'mobiltelefon',
    'mobilnummer',
    'mobilfunk',
    'portable',
  ),
  ...each('mobile phone', 'telephone portable', 'tel portable', 'movil', 'telefono movil', 'cellulare'),
  ...each('fax', 'telefax', 'faxnummer', 'telecopie'),
  ...each(
    'email',
    'mail',
    'courriel',
    'adresse electronique',
    'adresse de messagerie',
    'correo',
    'posta elettronica',
  ),
  ...each('email', 'correo electronico'),
  ...each('street', 'strasse', 'strasse und hausnummer', 'strasse nr', 'rue', 'calle', 'via', 'anschrift'),
  ...each('address', 'adresse', 'direccion', 'indirizzo'),
  ...each('postal code', 'plz', 'postleitzahl', 'code postal', 'cp', 'codigo postal', 'cap'),
  ...each('city', 'ort', 'stadt', 'wohnort', 'ville', 'ciudad', 'poblacion', 'citta'),
  ...each('region', 'bundesland', 'kanton', 'departement', 'dep region', 'provincia'),
  ...each('country', 'land', 'land region', 'pays', 'pays region', 'pais', 'paese'),
  ...each(
    'website',
    'webseite',
    'internet',
    'internetseite',
    'site web',
    'site internet',
    'sitio web',
    'sito web',
  ),
  ...each('website', 'pagina web', 'page web'),
  ...each('suffix', 'suffixe', 'namenszusatz'),
  ...each('other fax', 'autre telecopie', 'weiteres fax'),
  ...each(
    'tags',
    'schlagworte',
    'schlagworter',
    'kategorie',
    'kategorien',
    'etiquettes',
    'etiquetas',
    'categorias',
  ),
  ...each('tags', 'categorie', 'etichette'),
  ...each('notes', 'notiz', 'notizen', 'bemerkung', 'bemerkungen', 'anmerkungen', 'kommentar', 'remarques'),
  ...each('notes', 'commentaire', 'commentaires', 'notas', 'observaciones', 'note'),
  ...each('owner', 'betreuer', 'zustandig', 'verantwortlich', 'responsable', 'propietario', 'responsabile'),
  ...each('stage', 'phase', 'etape', 'etapa', 'fase'),
  ...each('amount', 'betrag', 'wert', 'montant', 'importe', 'importo'),
  ...each('currency', 'wahrung', 'devise', 'moneda', 'valuta'),
  ...each('close date', 'abschlussdatum', 'date de cloture', 'fecha de cierre', 'data di chiusura'),
  ...each('source', 'quelle', 'origine', 'origen'),
  ...each('priority', 'prioritat', 'priorite', 'prioridad', 'priorita'),
  ...each('industry', 'branche', 'secteur', 'sector', 'settore'),
};

/** Which of several a column is: the word stands after what it is about, and in English before it. */
const kinds: [RegExp, string][] = [
  [
    /\b(geschaftlich|dienstlich|buro|bureau|professionnel(le)?|pro|trabajo|oficina|ufficio|lavoro)\b/,
    'business',
  ],
  [/\b(privat|domicile|personnel(le)?|casa|particular|personal)\b/, 'home'],
];

/**
 * A header's name in English, where it is a known one of another language; the name as it is otherwise.
 * @param name folded, every other sign as a space
 * @param names all of the file: beside a first name, a "Name", "Nom" or "Nome" is the last name
 */
export function inEnglish(name: string, names: string[]): string {
  const kind = kinds.find(([pattern]) => pattern.test(name));
  const bare = kind ? name.replace(kind[0], ' ').replace(/ +/g, ' ').trim() : name;
  const [, stem = bare, number = ''] = /^(.*?)( \d+)?$/.exec(bare) ?? [];
  const found = english[bare] ?? english[stem];
  const isLast = found === 'name' || name === 'name';
  if (isLast && names.some((other) => english[other] === 'first name')) return 'last name';
  if (isLast && name === 'nombre' && names.some((other) => english[other] === 'last name'))
    return 'first name';
  if (isLast && name === 'nome' && names.includes('cognome')) return 'first name';
  if (!found && !(kind && /^(e ?mail|fax|mobile|phone|telephone|region)/.test(bare))) return name;
  return [kind?.[1], found ?? stem].filter(Boolean).join(' ') + (english[bare] ? '' : number);
}

function each(word: string, ...names: string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, word]));
}
