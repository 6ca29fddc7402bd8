import * as z from 'zod/mini';

/** A form as it was when it opened, and the row that it showed. No row means a new record. */
export interface Begun<Draft, Row> {
  draft: Draft;
  seen?: Row | undefined;
}

/** The stored part of an open form. */
export interface KeptForm<Draft, Row> {
  begun: Begun<Draft, Row>;
  draft: Draft;
  /** Text that a person typed into fields that the form no longer has. */
  unplaced?: string[] | undefined;
}

/** The values that each field of a form may hold. Give new parts of list entries a default. */
export type DraftShape<Draft> = { [Field in keyof Draft]: z.ZodMiniType<Draft[Field]> };

/** The shape of fields that hold text. */
export const textShapes = <Field extends string>(fields: readonly Field[]): Record<Field, z.ZodMiniString> =>
  Object.fromEntries(fields.map((field) => [field, z.string()])) as Record<Field, z.ZodMiniString>;

/**
 * A stored form, as this release can open it. Another release may have stored it: fields that it did not know, or that
 * hold something else today, are as in a form that opens now. Text that has no field then is in `unplaced`.
 * @returns `undefined` if it cannot be used
 */
export function readKeptForm<Draft extends object, Row>(
  kept: unknown,
  fresh: Begun<Draft, Row>,
  shape: DraftShape<Draft>,
): KeptForm<Draft, Row> | undefined {
  if (!isObject(kept) || !isObject(kept.draft)) return undefined;
  const begun = isObject(kept.begun) ? kept.begun : {};
  const before = isObject(begun.draft) ? begun.draft : {};
  const earlier = Array.isArray(kept.unplaced) ? textsIn(kept.unplaced) : [];
  return {
    begun: { draft: fitted(before, fresh.draft, shape), seen: seenRow(begun.seen, fresh.seen) },
    draft: fitted(kept.draft, fresh.draft, shape),
    unplaced: [...new Set([...earlier, ...unplacedTexts(kept.draft, before, shape)])],
  };
}

type Fields = Record<string, unknown>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function fitted<Draft extends object>(kept: Fields, fresh: Draft, shape: DraftShape<Draft>): Draft {
  const draft = structuredClone(fresh);
  for (const field of Object.keys(shape) as (keyof Draft & string)[]) {
    const parsed = Object.hasOwn(kept, field) ? shape[field].safeParse(kept[field]) : undefined;
    if (parsed?.success) draft[field] = parsed.data;
  }
  return draft;
}

/** The row that the person saw. Nobody saw a column that is new since, so it counts as it is now. */
function seenRow<Row>(kept: unknown, fresh: Row | undefined): Row | undefined {
  if (!isObject(kept)) return fresh;
  return { ...fresh, ...kept } as Row;
}

function unplacedTexts<Draft>(kept: Fields, before: Fields, shape: DraftShape<Draft>): string[] {
  return Object.entries(kept).flatMap(([field, value]) => {
    const fits = field in shape && shape[field as keyof Draft].safeParse(value).success;
    return fits ? [] : typedTexts(value, before[field]);
  });
}

const id = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** The words in a value that the earlier value does not have. */
function typedTexts(value: unknown, before: unknown): string[] {
  const old = new Set(textsIn(before));
  return textsIn(value).filter((text) => !old.has(text) && !id.test(text));
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.trim() ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
