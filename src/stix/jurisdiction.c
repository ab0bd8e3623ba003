/*
 * Jurisdictions: fixed shapes of digits, so that "within" is "the same parts and more".
 */
#include "stix/jurisdiction.h"

#define STATE_DIGITS 2
#define COUNTY_DIGITS 3
#define PLACE_DIGITS 5

static bool is_digits(str s, size_t count)
{
    if (s.len != count)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!char_is_digit(s.at[i]))
            return false;
    }
    return true;
}

bool jurisdiction_is_canonical(str text)
{
    str country;
    str state;
    str part;
    if (!str_cut(&text, '-', &country) || !str_eq(country, LIT("us")))
        return false;
    if (text.at == NULL)
        return true;
    if (!str_cut(&text, '-', &state) || !is_digits(state, STATE_DIGITS))
        return false;
    if (text.at == NULL)
        return true;
    if (!str_cut(&text, '-', &part) || text.at != NULL)
        return false;
    return (str_starts(part, LIT("c")) && is_digits(str_skip(part, 1), COUNTY_DIGITS)) ||
           (str_starts(part, LIT("p")) && is_digits(str_skip(part, 1), PLACE_DIGITS));
}

bool jurisdiction_read(struct arena *a, str text, str *out)
{
    if (is_digits(text, STATE_DIGITS)) {
        *out = arena_print(a, "us-%.*s", STR_ARG(text));
        return true;
    }
    if (is_digits(text, STATE_DIGITS + COUNTY_DIGITS)) {
        *out = arena_print(a, "us-%.*s-c%.*s", STATE_DIGITS, text.at, COUNTY_DIGITS,
                           text.at + STATE_DIGITS);
        return true;
    }
    if (!jurisdiction_is_canonical(text))
        return false;
    *out = arena_copy(a, text);
    return true;
}

bool jurisdiction_contains(str outer, str inner)
{
    return str_starts(inner, outer) && (inner.len == outer.len || inner.at[outer.len] == '-');
}
