import { fold } from '$lib/text/fold';

/**
 * The English names of headers in other languages, folded and with every other sign as a space: headers of Outlook,
 * Excel and other CRMs, and of hand-made sheets.
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
  ...each('name', 'nom', 'nombre', 'nome', 'nom complet', 'nombre completo', 'nome completo'),
  ...each('salutation', 'anrede', 'civilite', 'tratamiento', 'titolo', 'tratamento', 'aanhef'),
  ...each('title', 'titel', 'titre', 'titulo'),
  ...each('job title', 'titre professionnel', 'intitule du poste'),
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
  ...each('position', 'funktion', 'berufsbezeichnung', 'fonction', 'poste', 'cargo', 'puesto', 'ruolo'),
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
  ...each('first name', 'voornaam', 'imie', 'fornamn', 'fornavn', 'имя'),
  ...each('middle name', 'tussenvoegsel', 'отчество'),
  ...each(
    'last name',
    'achternaam',
    'nazwisko',
    'efternamn',
    'efternavn',
    'etternavn',
    'sobrenome',
    'фамилия',
  ),
  ...each('last name', 'apellido paterno', 'primer apellido'),
  ...each('second last name', 'apellido materno', 'segundo apellido'),
  ...each('name', 'imie i nazwisko', 'фио', '氏名', '名前', 'naam'),
  ...each('last name', '姓'),
  ...each('first name', '名'),
  ...each('contact person', 'ansprechpartner', 'ansprechpartnerin', 'kontaktperson', 'personne a contacter'),
  ...each('contact person', 'persona de contacto', 'contactpersoon', 'interlocuteur', 'referente'),
  ...each('contact name', 'kontaktname', 'nom du contact', 'nombre del contacto', 'nombre de contacto'),
  ...each('company', 'accountname', 'kontoname', 'nom du compte', 'nombre de cuenta', 'nombre de la cuenta'),
  ...each('company', 'nombre de la empresa', 'nom de la societe', 'nom de l entreprise', 'organisation'),
  ...each('company', 'organizacion', 'organizzazione', 'organizacao', 'bedrijf', 'bedrijfsnaam', 'foretag'),
  ...each('company', 'virksomhed', 'компания', 'организация', '会社', '会社名'),
  ...each('department', 'afdeling', 'avdelning', '部署'),
  ...each('position', 'functie', 'qualifica', 'stanowisko', 'stilling', 'должность', '役職'),
  ...each('phone', 'telefone', 'telefoon', 'telefoonnummer', 'numer telefonu', 'телефон', '電話', '電話番号'),
  ...each('mobile phone', 'celular', 'telefono celular', 'mobiel', 'telefon komorkowy', 'telemovel'),
  ...each('mobile phone', 'telefon mobil', 'telephone mobile', '携帯電話'),
  ...each('assistant phone', 'telefon assistent', 'telephone de l assistant e', 'telephone de l assistant'),
  ...each('car phone', 'autotelefon', 'telephone voiture'),
  ...each('main phone', 'telefon firma', 'telephone societe'),
  ...each('primary phone', 'haupttelefon', 'telephone principal'),
  ...each('tty tdd phone', 'telefon fur horbehinderte'),
  ...each('email', 'почта', 'электронная почта', 'メール', 'メールアドレス'),
  ...each('street', 'straat', 'ulica', 'endereco'),
  ...each('address', 'adres', 'adress', 'адрес', '住所'),
  ...each('address line 2', 'adresszusatz', 'complement d adresse', 'colonia', 'bairro', 'complemento'),
  ...each('po box', 'postfach', 'boite postale', 'apartado postal'),
  ...each('postal code', 'c p', 'cep', 'kod pocztowy', 'postnummer', 'индекс', '郵便番号'),
  ...each('city', 'plaats', 'woonplaats', 'cidade', 'miasto', 'miejscowosc', 'postort', 'город'),
  ...each('country', 'kraj', 'страна', '国'),
  ...each('notes', 'beschreibung', 'descripcion', 'descrizione', 'descricao', 'observacoes', 'opmerkingen'),
  ...each('notes', 'uwagi', 'notatki', 'anteckningar', 'примечание', '備考'),
  ...each('owner', 'besitzer', 'inhaber', 'eigentumer', 'kontaktinhaber', 'proprietaire', 'proprietario'),
  ...each('owner', 'proprietaire du contact', 'proprietaire de l affaire', 'accountinhaber', 'deal besitzer'),
  ...each(
    'deal name',
    'affaire',
    'opportunite',
    'nom de l affaire',
    'nom de l opportunite',
    'verkaufschance',
  ),
  ...each('deal name', 'negocio', 'trato', 'oportunidad', 'nombre del negocio', 'nombre del trato'),
  ...each('deal name', 'nombre de la oportunidad', 'opportunita', 'nome do negocio'),
  ...each('amount', 'valeur', 'valor', 'valore', 'waarde', 'bedrag', 'kwota', 'сумма', '金額'),
  ...each('currency', 'wahrung von wert', 'devise de valeur', 'moneda de valor', 'moeda', 'waluta', 'валюта'),
  ...each('close date', 'erwartetes abschlussdatum', 'voraussichtlicher abschluss', 'schlusstermin'),
  ...each('close date', 'date de cloture prevue', 'fecha de cierre prevista', 'fecha de cierre esperada'),
  ...each('close date', 'data prevista di chiusura', 'data de fechamento'),
  ...each('next step', 'nachster schritt', 'prochaine etape', 'siguiente paso', 'prossimo passo'),
  ...each('lead source', 'leadquelle', 'source de la piste', 'origen del lead'),
};

/** The subject of a column, with which Pipedrive begins its names. */
const subjects: [RegExp, string][] = [
  [/^(person|personne|persona|pessoa)$/, 'person'],
  [/^(deal|affaire|trato|negocio)$/, 'deal'],
  [/^(organi[sz]ation|organizacion|organizzazione|organizacao)$/, 'organization'],
  [/^lead$/, 'lead'],
];
const nameOfSubject = /^(name|title|titel|titre|titulo|nom|nombre|nome|bezeichnung)$/;

/** Whether a column is about a person, in Pipedrive's form: "Person - Name". */
export const isOfPerson = (header: string): boolean =>
  /^(person|personne|persona|pessoa)\s+-\s/.test(fold(header).trim());

/** The name of a column without its subject. The name of a deal or an organization keeps it. */
export function withoutSubject(name: string, of: string): string {
  const subject = subjects.find(([pattern]) => pattern.test(of))?.[1];
  if (!subject) return `${of} ${name}`;
  return nameOfSubject.test(name) && subject !== 'person' ? `${subject} name` : name;
}

/** The word that says which of several a column is. It follows the noun, but in English it precedes it. */
const kinds: [RegExp, string][] = [
  [
    /\b(geschaftlich|dienstlich|arbeit|buro|bureau|professionnel(le)?|pro|travail|trabajo|trabalho|oficina|ufficio|lavoro|werk)\b/,
    'business',
  ],
  [/\b(privat|domicile|personnel(le)?|casa|particular|personal)\b/, 'home'],
  [/\b(weitere[rs]?|autres?)\b/, 'other'],
  [/\bpostanschrift\b/, 'mailing'],
  [/\brechnungs(anschrift|adresse)\b/, 'billing'],
  [/\b(liefer|versand)(anschrift|adresse)\b/, 'shipping'],
];

/**
 * A header's name in English, if it is a known one of another language; otherwise the name as it is.
 * @param name folded, every other sign as a space
 * @param names all of the file: beside a first name, a "Name", "Nom" or "Nome" is the last name
 */
export function inEnglish(name: string, names: string[]): string {
  const kind = english[name] ? undefined : kinds.find(([pattern]) => pattern.test(name));
  const bare = kind ? name.replace(kind[0], ' ').replace(/ +/g, ' ').trim() : name;
  const [, stem = bare, number = ''] = /^(.*?)( \d+)?$/.exec(bare) ?? [];
  const found = english[bare] ?? english[stem];
  const isLast = found === 'name' || name === 'name';
  const hasEnglish = (wanted: string) => names.some((other) => english[other] === wanted);
  if (isLast && hasEnglish('first name')) return 'last name';
  if (/^(nombre|nome)$/.test(name) && hasEnglish('last name')) return 'first name';
  // Beside a job title, a title is "Dr.".
  if (name === 'titel' && (names.includes('position') || hasEnglish('position'))) return 'salutation';
  if (!found && !(kind && /^(e ?mail|fax|mobile|phone|telephone|region)/.test(bare))) return name;
  return [kind?.[1], found ?? stem].filter(Boolean).join(' ') + (english[bare] ? '' : number);
}

function each(word: string, ...names: string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [fold(name), word]));
}
