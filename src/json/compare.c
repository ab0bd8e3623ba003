/*
 * Questions about members in any order: keys that occur twice, and equality. Small objects are
 * compared pair by pair, larger ones sorted, so that a hostile object costs no more than n log n.
 * What recurses goes no deeper than JSON_DEPTH_MAX, which reading made sure of.
 */
#include "json/json.h"

#include "json/write.h"

#include <stdlib.h>

#define PAIRWISE_MAX 32
#define PATH_KEY_BYTES_MAX 64

struct member {
    str key;
    json value;
    size_t index;
};

/* By key, and among equal keys in the order of the source. */
static int compare_members(const void *left, const void *right)
{
    const struct member *a = left;
    const struct member *b = right;
    int order = str_cmp(a->key, b->key);
    return order ? order : (a->index > b->index) - (a->index < b->index);
}

static struct member *sorted_members(struct arena *a, json object, size_t count)
{
    struct member *members = arena_take(a, (count + 1) * sizeof(*members));
    for (struct json_walk w = json_walk(object); json_next(&w);)
        members[w.index] = (struct member){w.key, w.value, w.index};
    qsort(members, count, sizeof(*members), compare_members);
    return members;
}

static bool find_twice_sorted(json object, size_t count, str *key)
{
    OWNED(arena_done)
    struct arena scratch = {0};
    const struct member *members = sorted_members(&scratch, object, count);
    for (size_t i = 1; i < count; i++) {
        if (str_eq(members[i - 1].key, members[i].key)) {
            *key = members[i].key;
            return true;
        }
    }
    return false;
}

/* One bit of 64, the same for equal keys. */
static uint64_t bit_of(str key)
{
    if (key.len == 0)
        return 1;
    unsigned char middle = (unsigned char)key.at[key.len / 2];
    unsigned char last = (unsigned char)key.at[key.len - 1];
    return (uint64_t)1 << ((key.len * 7 + middle * 5 + last) & 63);
}

/* A key that `object` itself has twice. Only keys whose bit was there before are compared. */
static bool find_twice(json object, str *key)
{
    size_t count = json_count(object);
    if (count > PAIRWISE_MAX)
        return find_twice_sorted(object, count, key);
    str keys[PAIRWISE_MAX];
    uint64_t bits = 0;
    for (struct json_walk w = json_walk(object); json_next(&w);) {
        uint64_t bit = bit_of(w.key);
        for (size_t i = 0; (bits & bit) && i < w.index; i++) {
            if (str_eq(keys[i], w.key)) {
                *key = w.key;
                return true;
            }
        }
        bits |= bit;
        keys[w.index] = w.key;
    }
    return false;
}

/*
 * A key as it stands in a path: plain if it is a short plain word, else as a JSON string in
 * brackets, cut where it is long.
 */
static str path_key(struct arena *a, str key)
{
    bool is_plain = key.len > 0 && key.len <= PATH_KEY_BYTES_MAX;
    for (size_t i = 0; i < key.len && is_plain; i++)
        is_plain = char_is_alnum(key.at[i]) || key.at[i] == '_' || key.at[i] == '-';
    if (is_plain)
        return key;
    OWNED(buf_done)
    struct buf quoted;
    buf_init(&quoted, PATH_KEY_BYTES_MAX * 6 + 2);
    json_quote(&quoted, str_part(key, 0, PATH_KEY_BYTES_MAX));
    return arena_join(a, LIT("["), buf_str(&quoted), LIT("]"));
}

/* Puts the step from a value to its member or element before the path of what is inside. */
static void prepend_step(struct arena *a, const struct json_walk *w, str *path)
{
    str step = w->is_object_ ? path_key(a, w->key) : arena_print(a, "[%zu]", w->index);
    bool is_bracket = path->at[0] == '[';
    *path = arena_join(a, step, is_bracket ? LIT("") : LIT("."), *path);
}

bool json_find_duplicate(struct arena *a, json v, str *path)
{
    str key;
    if (json_is(v, JSON_OBJECT) && find_twice(v, &key)) {
        *path = arena_copy(a, path_key(a, key));
        return true;
    }
    for (struct json_walk w = json_walk(v); json_next(&w);) {
        bool has_inside = json_is(w.value, JSON_OBJECT) || json_is(w.value, JSON_ARRAY);
        if (has_inside && json_find_duplicate(a, w.value, path)) {
            prepend_step(a, &w, path);
            return true;
        }
    }
    return false;
}

static bool has_same_keys_in_order(json a, json b)
{
    struct json_walk in_b = json_walk(b);
    for (struct json_walk in_a = json_walk(a); json_next(&in_a);) {
        if (!json_next(&in_b) || !str_eq(in_a.key, in_b.key))
            return false;
    }
    return true;
}

/* For arrays, and for objects whose keys come in the same order. */
static bool equal_in_order(json a, json b)
{
    struct json_walk in_b = json_walk(b);
    for (struct json_walk in_a = json_walk(a); json_next(&in_a);) {
        if (!json_next(&in_b) || !json_equal(in_a.value, in_b.value))
            return false;
    }
    return true;
}

static bool equal_sorted(json a, json b, size_t count)
{
    OWNED(arena_done)
    struct arena scratch = {0};
    const struct member *of_a = sorted_members(&scratch, a, count);
    const struct member *of_b = sorted_members(&scratch, b, count);
    for (size_t i = 0; i < count; i++) {
        if (!str_eq(of_a[i].key, of_b[i].key) || !json_equal(of_a[i].value, of_b[i].value))
            return false;
    }
    return true;
}

bool json_equal(json a, json b)
{
    enum json_type type = json_type(a);
    if (type != json_type(b))
        return false;
    if (type == JSON_STRING)
        return str_eq(json_string(a), json_string(b));
    if (type == JSON_NUMBER)
        return str_eq(json_number_text(a), json_number_text(b));
    size_t count = json_count(a);
    if (count != json_count(b))
        return false;
    if (type == JSON_OBJECT && !has_same_keys_in_order(a, b))
        return equal_sorted(a, b, count);
    return equal_in_order(a, b);
}
