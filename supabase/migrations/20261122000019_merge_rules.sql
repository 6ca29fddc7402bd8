-- What becomes of a field that both sides changed. Pure: these functions read no data.

-- Merges two changed lists as sets: theirs without what I removed, and then what I added.
create function private.merge_set(base jsonb, mine jsonb, theirs jsonb) returns jsonb
language sql immutable set search_path = '' as $$
  with entries as (
    select t.value, 0 as side, t.ordinality as place
    from jsonb_array_elements(theirs) with ordinality t
    where mine @> jsonb_build_array(t.value) or not coalesce(base, '[]') @> jsonb_build_array(t.value)
    union all
    select m.value, 1, m.ordinality
    from jsonb_array_elements(mine) with ordinality m
    where not theirs @> jsonb_build_array(m.value) and not coalesce(base, '[]') @> jsonb_build_array(m.value)
  )
  select coalesce(jsonb_agg(e.value order by e.side, e.place), '[]') from entries e
$$;

-- A list of {value, label} as an object: the value leads to the entry.
create function private.by_value(entries jsonb) returns jsonb
language sql immutable set search_path = '' as $$
  select coalesce(jsonb_object_agg(e ->> 'value', e), '{}')
  from jsonb_array_elements(case jsonb_typeof(entries) when 'array' then entries else '[]' end) e
$$;

-- Merges two changed sets of {value, label}, entry by entry and three-way, an absent entry counting as a value too.
-- Returns {merged, clash}; where an entry clashes, theirs stands in `merged`.
create function private.merge_keyed_set(base jsonb, mine jsonb, theirs jsonb) returns jsonb
language sql immutable set search_path = '' as $$
  with sides as (
    select private.by_value(base) as base, private.by_value(mine) as mine, private.by_value(theirs) as theirs
  ),
  -- Theirs in their order, then mine.
  keys as (
    select k.value, min(k.place) as place
    from (
      select t.value ->> 'value' as value, t.ordinality as place
      from jsonb_array_elements(merge_keyed_set.theirs) with ordinality t
      union all
      select m.value ->> 'value', 1000000 + m.ordinality
      from jsonb_array_elements(merge_keyed_set.mine) with ordinality m
    ) k
    group by k.value
  ),
  decided as (
    select k.place,
      s.mine -> k.value is distinct from s.theirs -> k.value
        and s.mine -> k.value is distinct from s.base -> k.value
        and s.theirs -> k.value is distinct from s.base -> k.value as clash,
      case when s.theirs -> k.value is not distinct from s.base -> k.value
        then s.mine -> k.value else s.theirs -> k.value end as entry
    from keys k cross join sides s
  )
  select jsonb_build_object(
    'merged', coalesce(jsonb_agg(d.entry order by d.place) filter (where d.entry is not null), '[]'),
    'clash', coalesce(bool_or(d.clash), false))
  from decided d
$$;

-- Merges a change into a record, field by field, three-way and by value. `base`, `mine` and `theirs` hold values as
-- their columns print them; `mine` and `base` only the fields they are about. A field that is not in `base` was
-- changed by somebody who is not known to have seen it, and clashes with whatever stands there.
-- Returns {sets: {field: value}, clashes: [{field, base, mine, theirs}]}.
create function private.merge_fields(entity text, base jsonb, mine jsonb, theirs jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  rule record;
  keyed jsonb;
  sets jsonb := '{}'::jsonb;
  clashes jsonb := '[]'::jsonb;
begin
  for rule in
    select f.field as name, f.rule as word,
      base -> f.field as base, mine -> f.field as mine, theirs -> f.field as theirs
    from private.fields f
    where f.entity = merge_fields.entity and merge_fields.mine ? f.field
    order by f.field
  loop
    if rule.mine = rule.theirs then
      continue;
    elsif rule.word = 'latest' or rule.base = rule.theirs then
      sets := sets || jsonb_build_object(rule.name, rule.mine);
      continue;
    elsif rule.word = 'set' and jsonb_typeof(rule.mine) = 'array' then
      sets := sets || jsonb_build_object(rule.name, private.merge_set(rule.base, rule.mine, rule.theirs));
      continue;
    elsif rule.word = 'keyed_set' and jsonb_typeof(rule.mine) = 'array' then
      keyed := private.merge_keyed_set(rule.base, rule.mine, rule.theirs);
      if keyed -> 'merged' <> rule.theirs then
        sets := sets || jsonb_build_object(rule.name, keyed -> 'merged');
      end if;
      continue when not (keyed ->> 'clash')::boolean;
    end if;
    clashes := clashes || jsonb_build_object(
      'field', rule.name, 'base', rule.base, 'mine', rule.mine, 'theirs', rule.theirs);
  end loop;
  -- A place among the deals of a stage means nothing in another stage.
  if jsonb_path_exists(clashes, '$[*] ? (@.field == "stage")') then
    sets := sets - 'position';
  end if;
  return jsonb_build_object('sets', sets, 'clashes', clashes);
end $$;
