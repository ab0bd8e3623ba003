/*
 * Building. Entries and strings are put behind each other as they come; what is looked up, and
 * which version counts, is made once all are there (link.c, plan.c).
 */
#include "sweep/build.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/map.h"
#include "base/utf8.h"
#include "base/uuid.h"
#include "sweep/alike.h"
#include "sweep/huge.h"
#include "sweep/link.h"
#include "sweep/plan.h"
#include "sweep/template.h"

#include <pthread.h>
#include <stdlib.h>

#define STRINGS_BYTES_MAX ((size_t)UINT32_MAX)
#define ENTRIES_MAX ((size_t)50000000)
#define ENTRIES_BYTES_MAX (ENTRIES_MAX * sizeof(struct sweep_entry))
#define SHARED_BYTES_MAX ((size_t)UINT32_MAX)
#define WHY_BYTES_MAX 1024u
#define UUID_BYTES 16
#define BESIDE_AT 20000u /* as many entries are worth a thread */

struct sweep_builder {
    struct arena arena;
    struct huge_buf strings;
    struct huge_buf entries;
    struct map shared;      /* string: its number, as a pointer */
    struct map source_name; /* id of an identity: a str* */
    struct buf shared_at;   /* offsets of them */
    struct buf apart;       /* numbers of the entries that are not met by their key */
    /* Numbers that were given last: the next indicator often has the same strings. */
    uint32_t last_source;
    uint32_t last_phases;
    uint32_t last_file;
    uint64_t *slots;
    uint64_t slot_mask;
    uint64_t *filters;     /* of the walk, then of the keys */
    uint64_t filter_words; /* of each */
    uint8_t labels[SWEEP_LABEL_COUNT];
    struct sweep_counts counts;
};

static size_t slots_bytes(const struct sweep_builder *b)
{
    return (b->slot_mask + 1) * sizeof(*b->slots);
}

struct sweep_builder *sweep_builder_new(void)
{
    struct sweep_builder *b = calloc(1, sizeof(*b));
    ASSERT(b != NULL);
    b->strings.max = STRINGS_BYTES_MAX;
    b->entries.max = ENTRIES_BYTES_MAX;
    map_init(&b->shared, &b->arena);
    map_init(&b->source_name, &b->arena);
    buf_init(&b->shared_at, SHARED_BYTES_MAX);
    buf_init(&b->apart, ENTRIES_MAX * sizeof(uint32_t));
    /* Keys are hashed with what lies before them, and 0 means no string. */
    for (size_t i = 0; i < SWEEP_SLACK; i++)
        huge_buf_put(&b->strings, LIT("\n"));
    return b;
}

static size_t filters_bytes(const struct sweep_builder *b)
{
    return b->filter_words * 2 * sizeof(*b->filters);
}

void sweep_builder_free(struct sweep_builder *b)
{
    if (b == NULL)
        return;
    huge_buf_done(&b->strings);
    huge_buf_done(&b->entries);
    buf_done(&b->shared_at);
    buf_done(&b->apart);
    huge_free(b->slots, slots_bytes(b));
    huge_free(b->filters, filters_bytes(b));
    arena_done(&b->arena);
    free(b);
}

/* NULL where there are none. */
static struct sweep_entry *entries_of(struct sweep_builder *b)
{
    return (struct sweep_entry *)(void *)b->entries.at;
}

static uint32_t *shared_offsets(struct sweep_builder *b)
{
    return (uint32_t *)(void *)b->shared_at.at;
}

static uint32_t shared_count(const struct sweep_builder *b)
{
    return (uint32_t)(b->shared_at.len / sizeof(uint32_t));
}

/* Strings. */

static uint32_t put_counted(struct sweep_builder *b, str s)
{
    uint16_t len = s.len > UINT16_MAX ? UINT16_MAX : (uint16_t)s.len;
    uint32_t at = (uint32_t)b->strings.len;
    huge_buf_put(&b->strings, (str){(const char *)&len, sizeof(len)});
    huge_buf_put(&b->strings, str_part(s, 0, len));
    return at;
}

static str shared_text(struct sweep_builder *b, uint32_t number)
{
    uint16_t len;
    const char *at = b->strings.at + shared_offsets(b)[number - 1];
    memcpy(&len, at, sizeof(len));
    return (str){at + sizeof(len), len};
}

/* The number of a string that many entries have; `*last` is the one given last in its place. */
static uint32_t share(struct sweep_builder *b, uint32_t *last, str s)
{
    if (s.len == 0)
        return 0;
    if (*last && str_eq(s, shared_text(b, *last)))
        return *last;
    *last = (uint32_t)(uintptr_t)map_get(&b->shared, s);
    if (*last == 0) {
        uint32_t at = put_counted(b, s);
        buf_put(&b->shared_at, (str){(const char *)&at, sizeof(at)});
        *last = shared_count(b);
        map_put(&b->shared, arena_copy(&b->arena, s), (void *)(uintptr_t)*last);
    }
    return *last;
}

void sweep_builder_name_source(struct sweep_builder *b, str id, str name)
{
    if (id.len == 0 || name.len == 0)
        return;
    str *kept = NEW(&b->arena, str);
    *kept = arena_copy(&b->arena, name);
    map_put(&b->source_name, arena_copy(&b->arena, id), kept);
}

/* Adding. */

static uint32_t seconds_of(int64_t us)
{
    int64_t s = us / US_PER_SECOND;
    return s < 0 ? 0 : s > UINT32_MAX ? UINT32_MAX : (uint32_t)s;
}

/* The UUID of "indicator--…" as bytes. */
static bool read_id(str id, unsigned char out[UUID_BYTES])
{
    str prefix = LIT("indicator--");
    unsigned char bytes[UUID_BYTES];
    if (!str_starts(id, prefix) || !uuid_to_bytes(str_skip(id, prefix.len), bytes))
        return false;
    memcpy(out, bytes, sizeof(bytes));
    return true;
}

static struct sweep_entry describe(struct sweep_builder *b, const struct sweep_indicator *i)
{
    struct sweep_entry e = {
        .next = SWEEP_NONE,
        .valid_from_s = seconds_of(i->valid_from_us),
        .valid_until_s = seconds_of(i->valid_until_us),
        .modified_s = seconds_of(i->modified_us),
        .modified_ms = (uint16_t)(i->modified_us / 1000 % 1000),
        .source = share(b, &b->last_source, i->source),
        .phases = share(b, &b->last_phases, i->phases),
        .file = share(b, &b->last_file, i->file),
        .label = (uint8_t)i->label,
        .confidence = (uint8_t)i->confidence,
    };
    if (i->is_revoked)
        e.flags |= SWEEP_IS_REVOKED;
    if (i->is_labelled)
        e.flags |= SWEEP_IS_LABELLED;
    if (read_id(i->id, e.id))
        e.flags |= SWEEP_HAS_ID;
    return e;
}

static void put_entry(struct sweep_builder *b, const struct sweep_entry *e)
{
    bool is_met =
        e->kind != SWEEP_KIND_COUNT && e->kind != SWEEP_ALIKE && !sweep_is_template(e->kind);
    if (!is_met)
        buf_put(&b->apart, (str){(const char *)&b->counts.entries, sizeof(b->counts.entries)});
    huge_buf_put(&b->entries, (str){(const char *)e, sizeof(*e)});
    b->counts.entries++;
}

static void put_value(struct sweep_builder *b, struct sweep_entry e, const struct sweep_value *v)
{
    e.kind = (uint8_t)v->kind;
    e.value_len = (uint16_t)v->text.len;
    if (v->is_with_below)
        e.flags |= SWEEP_IS_WITH_BELOW;
    if (!str_eq(v->key, v->text)) {
        e.key_len = (uint16_t)v->key.len;
        huge_buf_put(&b->strings, v->key);
    }
    e.value = (uint32_t)b->strings.len;
    huge_buf_put(&b->strings, v->text);
    put_entry(b, &e);
    b->counts.by_kind[v->kind]++;
    b->counts.values++;
}

/* Entries from `first` on are one version's of an indicator. */
static err settle(struct arena *a, struct sweep_builder *b, const struct sweep_indicator *i,
                  uint32_t first)
{
    if (b->strings.is_over || b->entries.is_over || b->shared_at.is_over)
        return FAIL(a, ERR_TOO_LARGE, "the indicators are more than an index can hold");
    uint32_t count = b->counts.entries - first;
    ASSERT(count <= UINT16_MAX);
    if (count)
        entries_of(b)[first].count = (uint16_t)count;
    b->counts.indicators++;
    b->counts.revoked += i->is_revoked;
    return NULL;
}

/* Whether a value can be taken beside those that are in already: what costs by the log is few. */
static bool has_room(const struct sweep_builder *b, enum sweep_kind kind)
{
    const uint32_t *by_kind = b->counts.by_kind;
    if (sweep_is_template(kind))
        return by_kind[SWEEP_LIKE] + by_kind[SWEEP_MATCHES] < SWEEP_TEMPLATES_MAX;
    return kind != SWEEP_ALIKE || by_kind[SWEEP_ALIKE] < ALIKE_NAMES_MAX;
}

static str too_many(struct arena *a)
{
    return arena_print(a, "at most %u LIKE and MATCHES are tried, and %u names protected",
                       SWEEP_TEMPLATES_MAX, ALIKE_NAMES_MAX);
}

static void put_left_out(struct sweep_builder *b, struct sweep_entry e, str why)
{
    ASSERT(why.len);
    e.flags |= SWEEP_IS_LEFT_OUT;
    e.kind = SWEEP_KIND_COUNT;
    why = utf8_part(why, WHY_BYTES_MAX);
    e.value = (uint32_t)b->strings.len;
    e.value_len = (uint16_t)why.len;
    huge_buf_put(&b->strings, why);
    put_entry(b, &e);
}

/* Beside the values from `first` on, the indicator has parts that cannot be looked for. */
static void put_in_part(struct sweep_builder *b, uint32_t first, struct sweep_entry e,
                        const struct sweep_indicator *i, str why)
{
    for (uint32_t k = first; k < b->counts.entries; k++)
        entries_of(b)[k].flags |= SWEEP_IS_IN_PART;
    e.flags |= SWEEP_IS_IN_PART;
    if (e.name == 0 && i->name.len)
        e.name = put_counted(b, i->name);
    b->counts.in_part++;
    put_left_out(b, e, why);
}

err sweep_builder_add(struct arena *a, struct sweep_builder *b, const struct sweep_indicator *i,
                      const struct sweep_value *values, size_t count)
{
    struct sweep_entry e = describe(b, i);
    bool is_named_by_value = count == 1 && str_eq(i->name, values[0].text);
    if (i->name.len && !is_named_by_value)
        e.name = put_counted(b, i->name);
    uint32_t first = b->counts.entries;
    for (size_t k = 0; k < count; k++) {
        if (has_room(b, values[k].kind))
            put_value(b, e, &values[k]);
    }
    size_t put = b->counts.entries - first;
    if (put == 0 && count)
        return sweep_builder_leave_out(a, b, i, too_many(a));
    str why = put < count ? too_many(a) : (str){0};
    if (why.len && i->left_out.len)
        why = arena_join(a, i->left_out, LIT("; "), why);
    if (why.len || i->left_out.len)
        put_in_part(b, first, e, i, why.len ? why : i->left_out);
    return settle(a, b, i, first);
}

err sweep_builder_leave_out(struct arena *a, struct sweep_builder *b,
                            const struct sweep_indicator *i, str why)
{
    struct sweep_entry e = describe(b, i);
    if (i->name.len)
        e.name = put_counted(b, i->name);
    uint32_t first = b->counts.entries;
    b->counts.not_sweepable++;
    put_left_out(b, e, why);
    return settle(a, b, i, first);
}

/* Finishing. */

static void name_sources(struct sweep_builder *b)
{
    size_t at = 0;
    for (const struct map_slot *slot; (slot = map_next(&b->source_name, &at)) != NULL;) {
        uintptr_t number = (uintptr_t)map_get(&b->shared, slot->key);
        if (number)
            shared_offsets(b)[number - 1] = put_counted(b, *(const str *)slot->value);
    }
}

struct planning {
    struct sweep_builder *builder;
    struct sweep_index *index;
};

static void *plan(void *context)
{
    const struct planning *p = context;
    struct sweep_builder *b = p->builder;
    sweep_plan_make(p->index, b->filters, b->filter_words, b->labels);
    return NULL;
}

/* Of many side by side: neither reads what the other writes. */
static void link_and_plan(struct sweep_builder *b, struct sweep_index *x)
{
    struct planning planning = {b, x};
    pthread_t thread;
    bool is_beside =
        b->counts.entries >= BESIDE_AT && pthread_create(&thread, NULL, plan, &planning) == 0;
    sweep_link_versions(x, entries_of(b), b->slots);
    sweep_link_values(x, entries_of(b), b->slots);
    if (is_beside)
        pthread_join(thread, NULL);
    else
        plan(&planning);
}

void sweep_builder_finish(struct sweep_builder *b, struct sweep_index *out)
{
    name_sources(b);
    b->slot_mask = sweep_link_slots(b->counts.entries) - 1;
    b->slots = huge_alloc(slots_bytes(b));
    struct sweep_index x = {
        .counts = b->counts,
        .slots = b->slots,
        .slot_mask = b->slot_mask,
        .entries = entries_of(b),
        .strings = b->strings.at,
        .strings_len = b->strings.len,
        .shared = shared_offsets(b),
        .shared_count = shared_count(b),
        .apart = (const uint32_t *)(const void *)b->apart.at,
        .apart_count = (uint32_t)(b->apart.len / sizeof(uint32_t)),
        .built = b,
    };
    b->filter_words = sweep_plan_words(b->counts.entries);
    b->filters = huge_alloc(filters_bytes(b));
    link_and_plan(b, &x);
    OWNED(arena_done) struct arena scratch = {0};
    /* Each was compiled when it was made. */
    ASSERT(sweep_templates_open(&scratch, &x, &x.templates) == NULL);
    x.alike = alike_open(&x);
    *out = x;
}
