/*
 * Looking up. Offsets are checked against the strings once more, beside compile.c.
 */
#include "sweep/index.h"

#include "sweep/alike.h"
#include "sweep/build.h"
#include "sweep/huge.h"
#include "sweep/template.h"

void sweep_index_close(struct sweep_index *x)
{
    alike_close(x->alike);
    sweep_templates_close(x->templates);
    huge_free(x->memory, x->memory_bytes);
    sweep_builder_free(x->built);
    *x = (struct sweep_index){0};
}

static str part_of_strings(const struct sweep_index *x, uint64_t from, size_t len)
{
    if (from > x->strings_len || len > x->strings_len - from)
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

/* A string with its length before it. */
static str counted_string(const struct sweep_index *x, uint32_t at)
{
    uint16_t len;
    str head = part_of_strings(x, at, sizeof(len));
    if (at == 0 || head.len == 0)
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
    return number && number <= x->shared_count ? counted_string(x, x->shared[number - 1])
                                               : (str){0};
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
        uint64_t slot = x->slots[at];
        if (slot == 0)
            return SWEEP_NONE;
        uint32_t number = (uint32_t)slot - 1;
        if (slot >> 32 == tag && number < x->counts.entries &&
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
    return (e->flags & SWEEP_IS_LEFT_OUT) && (e->flags & SWEEP_IS_REPLACED) == 0;
}
