/*
 * Values of flags.
 */
#include "cli/values.h"

#include "base/clock.h"
#include "stix/jurisdiction.h"

err values_tlp(struct arena *a, str text, enum tlp *out)
{
    if (tlp_read(text, out))
        return NULL;
    return FAIL(a, ERR_USAGE,
                "'%.*s' is no label; it is one of clear, green, amber, amber+strict, "
                "red",
                STR_ARG(text));
}

err values_jurisdictions(struct arena *a, struct value_list texts, struct value_list *out)
{
    str *codes = NEW_ARRAY(a, texts.count, str);
    for (size_t i = 0; i < texts.count; i++) {
        if (!jurisdiction_read(a, texts.items[i], &codes[i]))
            return FAIL(a, ERR_USAGE,
                        "'%.*s' is no jurisdiction; it is us, us-39 (or 39: a state), "
                        "us-39-c035 (or 39035: a county) or us-39-p16000 (a place)",
                        STR_ARG(texts.items[i]));
    }
    *out = (struct value_list){codes, texts.count};
    return NULL;
}

err values_roles(struct arena *a, struct value_list texts, unsigned *out)
{
    unsigned bits = 0;
    for (size_t i = 0; i < texts.count; i++) {
        enum role role;
        if (!role_read(texts.items[i], &role))
            return FAIL(a, ERR_USAGE, "'%.*s' is no role; it is one of %s", STR_ARG(texts.items[i]),
                        role_words());
        bits |= 1u << role;
    }
    *out = bits;
    return NULL;
}

err values_sectors(struct arena *a, struct value_list texts, unsigned *out)
{
    unsigned bits = 0;
    for (size_t i = 0; i < texts.count; i++) {
        enum sector sector;
        if (!sector_read(texts.items[i], &sector))
            return FAIL(a, ERR_USAGE, "'%.*s' is no sector; it is one of %s",
                        STR_ARG(texts.items[i]), sector_words());
        bits |= 1u << sector;
    }
    *out = bits;
    return NULL;
}

err values_end(struct arena *a, str text, int64_t now_us, int64_t *out)
{
    int64_t value;
    if (text.len == 0)
        *out = 0;
    else if (clock_read_duration(text, &value) && value < INT64_MAX - now_us)
        *out = now_us + value;
    else if (clock_read_date(text, &value))
        *out = value + US_PER_DAY;
    else if (clock_read(text, &value, NULL))
        *out = value;
    else
        return FAIL(a, ERR_USAGE,
                    "'%.*s' is neither a time from now such as 90d or 12h, nor a day "
                    "such as 2027-01-31",
                    STR_ARG(text));
    return NULL;
}

err values_count(struct arena *a, str text, size_t absent, size_t *out)
{
    uint64_t value = absent;
    if (text.len && (!str_to_u64(text, &value) || value == 0))
        return FAIL(a, ERR_USAGE, "'%.*s' is no number from 1 up", STR_ARG(text));
    *out = (size_t)value;
    return NULL;
}

struct value_list values_of(struct arena *a, const struct cli *cli, const char *flag)
{
    struct value_list list;
    list.items = cli_values(a, cli, flag, &list.count);
    return list;
}

struct value_list values_split(struct arena *a, str text)
{
    str *items = NEW_ARRAY(a, text.len + 1, str);
    size_t count = 0;
    str part;
    while (str_cut(&text, ';', &part)) {
        part = str_trim(part);
        if (part.len)
            items[count++] = part;
    }
    return (struct value_list){items, count};
}

struct value_list values_role_names(struct arena *a, unsigned roles)
{
    str *names = NEW_ARRAY(a, ROLE_COUNT, str);
    size_t count = 0;
    for (unsigned i = 0; i < ROLE_COUNT; i++) {
        if (roles & 1u << i)
            names[count++] = role_name(i);
    }
    return (struct value_list){names, count};
}

struct value_list values_sector_names(struct arena *a, unsigned sectors)
{
    str *names = NEW_ARRAY(a, SECTOR_COUNT, str);
    size_t count = 0;
    for (unsigned i = 0; i < SECTOR_COUNT; i++) {
        if (sectors & 1u << i)
            names[count++] = sector_name(i);
    }
    return (struct value_list){names, count};
}
