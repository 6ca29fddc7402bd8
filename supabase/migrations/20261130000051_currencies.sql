-- The currency of a deal exists.

-- Whether a currency of this code exists: those of ISO 4217 and those it withdrew lately, because deals in them are kept.
-- Without metals, funds and test codes. The app has the same list (entities/currencies).
create function private.is_currency(code text) returns boolean
language sql immutable set search_path = '' as $$
  select code = any(string_to_array(
    'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF'
    ' CLF CLP CNY COP CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD'
    ' HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD'
    ' MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG'
    ' QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD'
    ' TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG ZWL', ' '))
$$;
revoke execute on function private.is_currency(text) from public;
grant execute on function private.is_currency(text) to authenticated;

-- An amount in no currency stays an amount; what was in the place of the currency goes to the text.
update public.deals d set
  description = case when length(concat_ws(E'\n', d.description, 'Currency: ' || d.currency)) > 20000 then d.description
    else concat_ws(E'\n', d.description, 'Currency: ' || d.currency) end,
  currency = null
where not private.is_currency(d.currency);

alter table public.deals
  drop constraint deals_currency_code,
  add constraint deals_currency_code check (private.is_currency(currency));

-- A refusal as it goes over the wire and into `conflicts`: {code, message, field?}; null without a code. What is wrong
-- with a date or a currency is said in the message: the field alone does not tell.
create or replace function private.refusal(code text, field text) returns jsonb
language sql immutable set search_path = '' as $$
  select jsonb_strip_nulls(jsonb_build_object(
    'code', refusal.code,
    'message', case
      when refusal.code = 'invalid_value' and refusal.field ~ '_(on|at)$'
        then 'This date does not exist, or lies outside the years 1900 to 2199.'
      when refusal.code = 'invalid_value' and refusal.field = 'currency'
        then 'This is not a currency code. Use three letters, like USD or EUR.'
      else private.refusal_message(refusal.code) end,
    'field', refusal.field))
  where refusal.code is not null
$$;
