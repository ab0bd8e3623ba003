/*
 * Looking up. A file may be crafted: an entry of one is checked each time that it is used, which is
 * seldom, and strings are looked for inside of the strings only.
 */
#include "sweep/index.h"

#include "sweep/alike.h"
#include "sweep/build.h"
#include "sweep/template.h"

void sweep_index_close(struct sweep_index *x)
{
    alike_close(x->alike);
    sweep_templates_close(x->templates);
    pieces_close(x->pieces);
    sweep_builder_free(x->built);
    *x = (struct sweep_index){0};
}

err sweep_index_failure(struct arena *a, const struct sweep_index *x)
{
    return x->pieces ? pieces_failure(a, x->pieces) : NULL;
}

/* Strings. */

/* What stands before a string is read where its hash is made. */
static str part_of_strings(const struct sweep_index *x, uint64_t from, size_t len)
{
    if (from < SWEEP_HASH_SLACK || from > x->strings_len || len > x->strings_len - from ||
        !sweep_index_need(x, x->strings + from - SWEEP_HASH_SLACK, len + SWEEP_HASH_SLACK))
        return (str){0};
    return (str){x->strings + from, len};
}

str sweep_entry_value(const struct sweep_index *x, const struct sweep_entry *e)
{
    return part_of_strings(x, e->value, e->value_len);
}

str sweep_entry_key(const struct sweep_index *x, const struct sweep_entry *e)
{
    if (e->key_len == 0)
        return sweep_entry_value(x, e);
    return part_of_strings(x, (uint64_t)e->value - e->key_len, e->key_len);
}

/* A string with its length before it; 0 stands for none. */
static str counted_string(const struct sweep_index *x, uint32_t at)
{
    uint16_t len;
    str head = part_of_strings(x, at, at ? sizeof(len) : 0);
    if (head.len == 0)
        return (str){0};
    memcpy(&len, head.at, sizeof(len));
    return part_of_strings(x, (uint64_t)at + sizeof(len), len);
}

str sweep_entry_name(const struct sweep_index *x, const struct sweep_entry *e)
{
    return counted_string(x, e->name);
}

str sweep_index_shared(const struct sweep_index *x, uint32_t number)
{
    if (number == 0 || number > x->shared_count)
        return (str){0};
    const uint32_t *at = &x->shared[number - 1];
    return sweep_index_need(x, at, sizeof(*at)) ? counted_string(x, *at) : (str){0};
}

/* Entries. */

/* The key of an address or network holds as many bytes as it says, and no longer prefix. */
static bool is_net_key(str key)
{
    unsigned bytes = key.len > 2 ? (unsigned char)key.at[0] : 0;
    return (bytes == 4 || bytes == 16) && key.len == bytes + 2 &&
           (unsigned char)key.at[1] <= bytes * 8;
}

static bool has_key(const struct sweep_index *x, const struct sweep_entry *e)
{
    str key = sweep_entry_key(x, e);
    bool is_net = e->kind == SWEEP_NET || e->kind == SWEEP_IPV6;
    return key.len && sweep_entry_value(x, e).len && (!is_net || is_net_key(key));
}

/* What is wrong with an entry, or NULL. */
static const char *fault_of(const struct sweep_index *x, uint32_t number)
{
    const struct sweep_entry *e = &x->entries[number];
    bool is_left_out = e->flags & SWEEP_IS_LEFT_OUT;
    if (is_left_out ? e->kind != SWEEP_KIND_COUNT : e->kind >= SWEEP_KIND_COUNT)
        return "is of no known kind";
    if (e->label >= TLP_COUNT)
        return "has no known label";
    if (!has_key(x, e))
        return "points outside of the strings";
    /* Downwards only: so none is followed by itself, however far on. */
    bool is_next_good = e->next == SWEEP_NONE || e->next < number;
    return is_next_good ? NULL : "is followed by no earlier entry of its value";
}

const struct sweep_entry *sweep_index_entry(const struct sweep_index *x, uint32_t number)
{
    static const struct sweep_entry NEVER = {
        .next = SWEEP_NONE, .confidence = SWEEP_CONFIDENCE_NONE, .flags = SWEEP_IS_REVOKED};
    const struct sweep_entry *e = &x->entries[number];
    if (x->pieces == NULL)
        return e;
    if (!pieces_need(x->pieces, e, sizeof(*e)))
        return &NEVER;
    const char *fault = fault_of(x, number);
    if (fault == NULL)
        return e;
    OWNED(arena_done) struct arena a = {0};
    pieces_break(x->pieces, arena_print(&a, "entry %u %s", number, fault));
    return &NEVER;
}

/* Scheme and host fold case, the rest of a URL does not. */
static bool is_same_url(str a, str b)
{
    size_t host = str_find(b, LIT("://")) + 3;
    while (host < b.len && !memchr("/?#", b.at[host], 3))
        host++;
    return a.len == b.len && str_eq_nocase(str_part(a, 0, host), str_part(b, 0, host)) &&
           str_eq(str_skip(a, host), str_skip(b, host));
}

static bool is_same_key(enum sweep_kind kind, str given, str key)
{
    if (str_eq(given, key))
        return true;
    if (kind == SWEEP_URL)
        return is_same_url(given, key);
    bool is_exact = kind == SWEEP_IPV6 || kind == SWEEP_NET || sweep_is_template(kind);
    return !is_exact && str_eq_nocase(given, key);
}

bool sweep_entry_is(const struct sweep_index *x, const struct sweep_entry *e, enum sweep_kind kind,
                    str key)
{
    return e->kind == kind && is_same_key(kind, key, sweep_entry_key(x, e));
}

uint32_t sweep_index_find(const struct sweep_index *x, enum sweep_kind kind, str key)
{
    uint64_t hash = sweep_hash(key.at + key.len, key.len);
    bool is_absent = x->keys.words && !sweep_filter_may_have(&x->keys, hash);
    return is_absent ? SWEEP_NONE : sweep_index_find_hashed(x, kind, key, hash);
}

uint32_t sweep_index_find_hashed(const struct sweep_index *x, enum sweep_kind kind, str key,
                                 uint64_t hash)
{
    uint32_t tag = (uint32_t)(hash >> 32);
    for (uint64_t at = hash & x->slot_mask, tried = 0; tried <= x->slot_mask; tried++) {
        if (!sweep_index_need(x, &x->slots[at], sizeof(*x->slots)) || x->slots[at] == 0)
            return SWEEP_NONE;
        uint64_t slot = x->slots[at];
        uint32_t number = (uint32_t)slot - 1;
        if (slot >> 32 == tag && number < x->counts.entries &&
            sweep_index_need(x, &x->entries[number], sizeof(*x->entries)) &&
            sweep_entry_is(x, &x->entries[number], kind, key))
            return number;
        at = (at + 1) & x->slot_mask;
    }
    return SWEEP_NONE;
}

bool sweep_entry_is_live(const struct sweep_entry *e, int64_t now_s)
{
    return (e->flags & (SWEEP_IS_REVOKED | SWEEP_IS_REPLACED)) == 0 &&
           (int64_t)e->valid_from_s <= now_s &&
           (e->valid_until_s == 0 || (int64_t)e->valid_until_s > now_s);
}

bool sweep_entry_is_left_out(const struct sweep_entry *e)
{
    return (e->flags & SWEEP_IS_LEFT_OUT) &&
           (e->flags & (SWEEP_IS_REPLACED | SWEEP_IS_IN_PART)) == 0;
}

bool sweep_entry_is_part_left_out(const struct sweep_entry *e)
{
    return (e->flags & SWEEP_IS_LEFT_OUT) && (e->flags & SWEEP_IS_IN_PART) &&
           (e->flags & SWEEP_IS_REPLACED) == 0;
}
