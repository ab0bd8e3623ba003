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

/*
 * One bit of 64, the same for equal keys: of their length, middle and last four bytes. Of a shorter
 * key the length, which stands before it on the tape, is taken for the rest.
 */
static uint64_t bit_of(str key)
{
    uint32_t last;
    ASSERT(key.at != NULL);
    memcpy(&last, key.at + key.len - sizeof(last), sizeof(last));
    uint32_t middle = (unsigned char)key.at[key.len / 2];
    return (uint64_t)1 << ((last + (uint32_t)key.len + (middle << 8)) * UINT32_C(0x9e3779b1) >> 26);
}

/* Whether a value holds others, by its place on the tape and that behind it: else two at most. */
static bool is_filled(uint32_t at, uint32_t behind)
{
    return behind - at > 2;
}

/* Seen so far of an object of few members: their keys, and their bits. */
struct keys_seen {
    str keys[PAIRWISE_MAX];
    uint64_t bits;
};

/* Whether it was there before. Only keys whose bit was are compared. */
static bool is_seen(struct keys_seen *seen, str key, size_t index)
{
    uint64_t bit = bit_of(key);
    for (size_t i = 0; (seen->bits & bit) && i < index; i++) {
        if (str_eq(seen->keys[i], key))
            return true;
    }
    seen->bits |= bit;
    seen->keys[index] = key;
    return false;
}

/* A key that `object` itself has twice; or whether a member holds what is to be looked through. */
static bool find_twice(json object, str *key, bool *has_inside)
{
    size_t count = json_count(object);
    *has_inside = count > PAIRWISE_MAX;
    if (count > PAIRWISE_MAX)
        return find_twice_sorted(object, count, key);
    struct keys_seen seen;
    seen.bits = 0;
    for (struct json_walk w = json_walk(object); json_next(&w);) {
        if (is_seen(&seen, w.key, w.index)) {
            *key = w.key;
            return true;
        }
        *has_inside = *has_inside || is_filled(w.value.at, w.next_);
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

/* Puts the step from `v` to its member or element at `at` before the path of what is inside. */
static void prepend_step(struct arena *a, json v, uint32_t at, str *path)
{
    struct json_walk w = json_walk(v);
    while (json_next(&w) && w.value.at != at)
        ;
    str step = w.is_object_ ? path_key(a, w.key) : arena_print(a, "[%zu]", w.index);
    bool is_bracket = path->at[0] == '[';
    *path = arena_join(a, step, is_bracket ? LIT("") : LIT("."), *path);
}

/* Whether all elements of an array take one word each on the tape, as no container does. */
static bool is_flat(json array)
{
    return json_behind_(array.doc, array.at) - array.at - 2 == json_count(array);
}

static bool has_twice(json v, str *key, bool *has_inside)
{
    *has_inside = json_is(v, JSON_ARRAY) && !is_flat(v);
    return json_is(v, JSON_OBJECT) && find_twice(v, key, has_inside);
}

bool json_find_duplicate(struct arena *a, json v, str *path)
{
    str key;
    bool has_inside;
    if (has_twice(v, &key, &has_inside)) {
        *path = arena_copy(a, path_key(a, key));
        return true;
    }
    if (!has_inside)
        return false;
    uint32_t end = json_behind_(v.doc, v.at) - 1;
    uint32_t key_words = json_is(v, JSON_OBJECT);
    for (uint32_t at = v.at + 1, behind; at < end; at = behind) {
        at += key_words;
        behind = json_behind_(v.doc, at);
        if (is_filled(at, behind) && json_find_duplicate(a, (json){v.doc, at}, path)) {
            prepend_step(a, v, at, path);
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
