/*
 * Canonical JSON, and the ids made from it. Numbers are printed with the fewest digits that read
 * back as the same double, found by trying.
 */
#include "stix/sco_id.h"

#include "base/num.h"
#include "base/uuid.h"
#include "stix/catalog.h"

#include <stdio.h>
#include <stdlib.h>

#define NAME_BYTES_MAX ((size_t)256 << 20)
#define DIGITS_MAX 17

static const str NAMESPACE = LIT_INIT("00abedb4-aa42-466c-9c01-fed23315a9b7");

static void put_text(struct buf *to, str text)
{
    static const char SHORT[] = "\b\f\n\r\t\"\\";
    static const char LETTERS[] = "bfnrt\"\\";
    buf_put_char(to, '"');
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        const char *is_short = c ? strchr(SHORT, c) : NULL;
        if (is_short) {
            buf_put_char(to, '\\');
            buf_put_char(to, LETTERS[is_short - SHORT]);
        } else if ((unsigned char)c < 0x20) {
            buf_print(to, "\\u%04x", (unsigned)(unsigned char)c);
        } else {
            buf_put_char(to, c);
        }
    }
    buf_put_char(to, '"');
}

/* The fewest digits that read back as `number` (above zero): 0.d1d2… times ten to `*point`. */
static size_t shortest_digits(double number, char digits[DIGITS_MAX + 1], int *point)
{
    char text[40];
    for (int precision = 0; precision < DIGITS_MAX; precision++) {
        snprintf(text, sizeof(text), "%.*e", precision, number);
        if (strtod(text, NULL) == number)
            break;
    }
    size_t count = 0;
    const char *at = text;
    for (; *at != 'e'; at++) {
        if (char_is_digit(*at))
            digits[count++] = *at;
    }
    *point = (int)strtol(at + 1, NULL, 10) + 1;
    while (count > 1 && digits[count - 1] == '0')
        count--;
    return count;
}

static void put_zeros(struct buf *to, int count)
{
    for (int i = 0; i < count; i++)
        buf_put_char(to, '0');
}

/* ECMAScript's Number::toString. */
static void put_number(struct buf *to, double number)
{
    char digits[DIGITS_MAX + 1];
    int point;
    if (number == 0) {
        buf_put_char(to, '0');
        return;
    }
    if (number < 0)
        buf_put_char(to, '-');
    int count = (int)shortest_digits(number < 0 ? -number : number, digits, &point);
    if (point > 0 && point <= 21) {
        int whole = count < point ? count : point;
        buf_put(to, (str){digits, (size_t)whole});
        put_zeros(to, point - count);
        if (count > point) {
            buf_put_char(to, '.');
            buf_put(to, (str){digits + point, (size_t)(count - point)});
        }
    } else if (point > -6 && point <= 0) {
        buf_put(to, LIT("0."));
        put_zeros(to, -point);
        buf_put(to, (str){digits, (size_t)count});
    } else {
        buf_put_char(to, digits[0]);
        if (count > 1)
            buf_put_char(to, '.');
        buf_put(to, (str){digits + 1, (size_t)(count - 1)});
        buf_print(to, "e%+d", point - 1);
    }
}

struct member {
    str key;
    json value;
};

struct member_list {
    struct member *items;
    size_t count;
    size_t capacity;
};

/*
 * By UTF-16 code units, as RFC 8785 wants it. That is the order of the bytes, save that characters
 * past U+FFFF (which begin with 0xf0 and more) come before U+E000 to U+FFFF (0xee and 0xef).
 */
static int compare_keys(const void *first, const void *second)
{
    str a = ((const struct member *)first)->key;
    str b = ((const struct member *)second)->key;
    size_t shared = a.len < b.len ? a.len : b.len;
    for (size_t i = 0; i < shared; i++) {
        unsigned char x = (unsigned char)a.at[i];
        unsigned char y = (unsigned char)b.at[i];
        if (x == y)
            continue;
        bool is_turned = x >= 0xee && y >= 0xee && (x >= 0xf0) != (y >= 0xf0);
        return (x < y) != is_turned ? -1 : 1;
    }
    return (a.len > b.len) - (a.len < b.len);
}

static void put_members(struct arena *a, struct member_list *members, struct buf *to)
{
    if (members->count > 1)
        qsort(members->items, members->count, sizeof(*members->items), compare_keys);
    buf_put_char(to, '{');
    for (size_t i = 0; i < members->count; i++) {
        if (i)
            buf_put_char(to, ',');
        put_text(to, members->items[i].key);
        buf_put_char(to, ':');
        sco_id_put_canonical(a, members->items[i].value, to);
    }
    buf_put_char(to, '}');
}

static void put_object(struct arena *a, json value, struct buf *to)
{
    struct member_list members = {0};
    for (struct json_walk w = json_walk(value); json_next(&w);)
        *LIST_ADD(a, &members) = (struct member){w.key, w.value};
    put_members(a, &members, to);
}

void sco_id_put_canonical(struct arena *a, json value, struct buf *to)
{
    double number;
    switch (json_type(value)) {
    case JSON_OBJECT:
        put_object(a, value, to);
        break;
    case JSON_ARRAY:
        buf_put_char(to, '[');
        for (struct json_walk w = json_walk(value); json_next(&w);) {
            if (w.index)
                buf_put_char(to, ',');
            sco_id_put_canonical(a, w.value, to);
        }
        buf_put_char(to, ']');
        break;
    case JSON_STRING:
        put_text(to, json_string(value));
        break;
    case JSON_NUMBER:
        if (json_to_double(value, &number))
            put_number(to, number);
        break;
    case JSON_TRUE:
    case JSON_FALSE:
    case JSON_NULL:
        buf_put(to, json_span(value));
        break;
    case JSON_NONE:
        break;
    }
}

/* Of several hashes one alone counts, in this order. */
static void put_one_hash(struct buf *to, json hashes)
{
    static const str ORDER[] = {LIT_INIT("MD5"), LIT_INIT("SHA-1"), LIT_INIT("SHA-256"),
                                LIT_INIT("SHA-512")};
    str name = {0};
    json value = {0};
    for (size_t i = 0; i < COUNT_OF(ORDER) && json_is(value, JSON_NONE); i++) {
        name = ORDER[i];
        value = json_get(hashes, name);
    }
    if (json_is(value, JSON_NONE)) {
        struct json_walk w = json_walk(hashes);
        if (json_next(&w)) {
            name = w.key;
            value = w.value;
        }
    }
    buf_put_char(to, '{');
    put_text(to, name);
    buf_put_char(to, ':');
    put_text(to, json_string(value));
    buf_put_char(to, '}');
}

/* The contributing properties that are there, as one canonical object. */
static bool put_name(struct arena *a, const struct catalog_type *type, json object, struct buf *to)
{
    struct member_list members = {0};
    for (size_t i = 0; i < CATALOG_ID_NAMES_MAX && type->id_names[i].len; i++) {
        json value = json_get(object, type->id_names[i]);
        if (!json_is(value, JSON_NONE))
            *LIST_ADD(a, &members) = (struct member){type->id_names[i], value};
    }
    if (members.count > 1)
        qsort(members.items, members.count, sizeof(*members.items), compare_keys);
    for (size_t i = 0; i < members.count; i++) {
        buf_put_char(to, i ? ',' : '{');
        put_text(to, members.items[i].key);
        buf_put_char(to, ':');
        if (str_eq(members.items[i].key, LIT("hashes")))
            put_one_hash(to, members.items[i].value);
        else
            sco_id_put_canonical(a, members.items[i].value, to);
    }
    buf_put_char(to, '}');
    return members.count > 0;
}

bool sco_id_make(struct arena *a, json object, str *out)
{
    const struct catalog_type *type =
        catalog_find(CATALOG_2_1, json_get_string(object, LIT("type")));
    OWNED(buf_done)
    struct buf name = {0};
    buf_init(&name, NAME_BYTES_MAX);
    if (!type || type->class != CATALOG_SCO || !put_name(a, type, object, &name) || name.is_over)
        return false;
    char uuid[UUID_TEXT_BYTES];
    uuid_of_name(NAMESPACE, buf_str(&name), uuid);
    *out = arena_join(a, type->name, LIT("--"), (str){uuid, sizeof(uuid)});
    return true;
}
