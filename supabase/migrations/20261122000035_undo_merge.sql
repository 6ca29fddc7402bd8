-- A merge can be taken back in one push: what comes after the restoration of a merged record and refers to it means it.

-- Applies mutations in order and returns their outcomes by mutation id. `known` are those that were seen before.
create or replace function private.apply_mutations(mutations jsonb[], known jsonb, role text) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  redirects jsonb := private.redirects(mutations);
  keys text[] := private.run_keys(mutations);
  done jsonb := known;
  outcomes jsonb := '{}'::jsonb;
  applied jsonb;
  mutation jsonb;
  unit jsonb[];
  place int := 1;
  last int;
begin
  while place <= cardinality(mutations) loop
    mutation := mutations[place];
    last := place;
    if not done ? (mutation ->> 'mutation_id') then
      if mutation ->> 'group_id' is null then
        last := case role when 'read_only' then place else private.run_end(mutations, keys, place, done) end;
        unit := mutations[place:last];
      else
        unit := array(
          select m from unnest(mutations) with ordinality u (m, o)
          where m -> 'group_id' = mutation -> 'group_id' and not done ? (m ->> 'mutation_id') order by o);
      end if;
      if redirects <> '{}' then
        unit := array(select private.redirect(m, redirects) from unnest(unit) with ordinality u (m, o) order by o);
      end if;
      applied := case when mutation ->> 'group_id' is null
        then private.apply_run(unit, role) else private.apply_unit(unit, role) end;
      outcomes := outcomes || applied;
      done := done || applied;
      -- A merge sends later references elsewhere; a restored record takes its own again.
      if exists (select from unnest(unit) m where m ->> 'op' in ('merge', 'restore')) then
        redirects := private.redirects(mutations);
      end if;
    end if;
    place := last + 1;
  end loop;
  return outcomes;
end $$;
