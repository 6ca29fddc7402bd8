-- The merge rules decide about a field that both sides changed. These functions read no data except the list of
-- fields.

-- Merges two changed lists as sets: their entries without those that I removed, and then those that I added.
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

-- Returns a list of {value, label} as an object that has each entry under its value.
create function private.by_value(entries jsonb) returns jsonb
language sql immutable set search_path = '' as $$
  select coalesce(jsonb_object_agg(e ->> 'value', e), '{}')
  from jsonb_array_elements(case jsonb_typeof(entries) when 'array' then entries else '[]' end) e
$$;

-- Merges two changed sets of {value, label} entry by entry and three-way. A missing entry counts as a value too.
-- Returns {merged, clash}. If an entry clashes, `merged` has theirs.
create function private.merge_keyed_set(base jsonb, mine jsonb, theirs jsonb) returns jsonb
language sql immutable set search_path = '' as $$
  with sides as (
    select private.by_value(base) as base, private.by_value(mine) as mine, private.by_value(theirs) as theirs
  ),
  -- Their entries come first, in their order, and then mine.
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

-- Merges a mark that both sides changed: returns the value, or null if the author has to decide. `base` is null if
-- nobody knows what the author saw. If both set the mark, the earlier time stays. To clear it, the author only has to
-- have seen it set, because the server corrects the time itself.
create function private.merge_mark(base jsonb, mine jsonb, theirs jsonb) returns jsonb
language sql stable set search_path = '' as $$
  select case
    when base = 'null' and mine <> 'null' and theirs <> 'null' then
      case when (mine #>> '{}')::timestamptz < (theirs #>> '{}')::timestamptz then mine else theirs end
    when base <> 'null' and mine = 'null' then mine
  end
$$;

-- Decides a deal's stage together with its closing date and the reason why it was lost: all of them as the author
-- wrote them, or all as they are, with one question, about the stage. `merge` is the result for each field alone. Two
-- people who closed the deal with the same result did the same thing, and the earlier date stays.
create function private.decide_stage(base jsonb, mine jsonb, theirs jsonb, merge jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  sets jsonb := merge -> 'sets';
  clashes jsonb := merge -> 'clashes';
  clears_reason boolean := mine ->> 'stage' <> 'closed_lost' and theirs ->> 'lost_reason' is not null;
begin
  if mine -> 'stage' = theirs -> 'stage' then
    if base -> 'stage' is distinct from theirs -> 'stage'
      and mine ->> 'closed_at' is not null and theirs ->> 'closed_at' is not null
    then
      clashes := jsonb_path_query_array(clashes, '$[*] ? (@.field != "closed_at")');
      sets := sets - 'closed_at' || case
        when (mine ->> 'closed_at')::timestamptz < (theirs ->> 'closed_at')::timestamptz
        then jsonb_build_object('closed_at', mine -> 'closed_at') else '{}' end;
    end if;
  elsif jsonb_path_exists(clashes, '$[*] ? (@.field == "stage" || @.field == "lost_reason")')
    -- Otherwise a reason that the author has not seen would be lost.
    or (clears_reason and not mine ? 'lost_reason' and base -> 'lost_reason' is distinct from theirs -> 'lost_reason')
  then
    sets := sets - '{stage, closed_at, lost_reason, position}'::text[];
    clashes := jsonb_path_query_array(
        clashes, '$[*] ? (@.field != "stage" && @.field != "closed_at" && @.field != "lost_reason")')
      || jsonb_build_object(
        'field', 'stage', 'base', base -> 'stage', 'mine', mine -> 'stage', 'theirs', theirs -> 'stage');
  else
    clashes := jsonb_path_query_array(clashes, '$[*] ? (@.field != "closed_at")');
    sets := sets
      || case when mine -> 'closed_at' <> theirs -> 'closed_at'
        then jsonb_build_object('closed_at', mine -> 'closed_at') else '{}' end
      || case when clears_reason then '{"lost_reason": null}'::jsonb else '{}' end;
  end if;
  return jsonb_build_object('sets', sets, 'clashes', clashes);
end $$;

-- Merges a change into a record, field by field, three-way and by value. `base`, `mine` and `theirs` hold values as
-- their columns print them, and `mine` and `base` have only the fields of the change. If a field is not in `base`,
-- nobody knows whether the author saw its current value, so the change clashes with it.
-- Returns {sets: {field: value}, clashes: [{field, base, mine, theirs}]}.
create function private.merge_fields(entity text, base jsonb, mine jsonb, theirs jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  rule record;
  keyed jsonb;
  mark jsonb;
  sets jsonb := '{}'::jsonb;
  clashes jsonb := '[]'::jsonb;
  merge jsonb;
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
    elsif rule.word = 'mark' then
      mark := private.merge_mark(rule.base, rule.mine, rule.theirs);
      if mark <> rule.theirs then
        sets := sets || jsonb_build_object(rule.name, mark);
      end if;
      continue when mark is not null;
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
  merge := jsonb_build_object('sets', sets, 'clashes', clashes);
  return case when entity = 'deals' and mine ? 'stage'
    then private.decide_stage(base, mine, theirs, merge) else merge end;
end $$;
