/*
 * Finding lookalikes without comparing with every protected name: a table has the skeletons of the
 * protected names (homoglyphs made equal, hyphens and dots left out), and the names with each
 * character left out in turn. Two texts that one edit parts have such a form in common. What the
 * table gives is compared letter by letter.
 */
#include "sweep/alike.h"

#include "base/map.h"
#include "base/num.h"
#include "sweep/confusable.h"
#include "sweep/suffix.h"

#include <stdlib.h>

#define FORM_BYTES_MAX 64u
#define FORM_BYTES_MIN 3u
#define EDIT_BYTES_MIN 5u /* an edit of a shorter name makes another word */
#define LEVELS_MAX 4u     /* labels before the one that is registered */
#define SEEN_BYTES_MAX 60u
#define SEEN_COUNT 4096u

/* The letters of a name without hyphens and dots; bytes before it are readable. */
struct form {
    char bytes[SWEEP_HASH_SLACK + FORM_BYTES_MAX];
    size_t len;
};

struct protected_name {
    str registrable;
    str body; /* what stands before the public suffix */
    str suffix;
    uint32_t entry;
};

struct slot {
    uint64_t hash; /* 0: free */
    uint32_t name;
};

struct alike_names {
    struct arena arena;
    struct protected_name *items;
    size_t count;
    size_t capacity;
    struct slot *slots;
    size_t slot_mask;
    struct map suffixes; /* of the names */
};

struct seen {
    uint32_t len;
    char host[SEEN_BYTES_MAX];
};

struct alike_memory {
    struct seen seen[SEEN_COUNT];
};

const char *alike_way_name(enum alike_way way)
{
#define WAY_NAME(way, name, score) [way] = name,
    static const char *const NAMES[] = {ALIKE_WAYS(WAY_NAME)};
#undef WAY_NAME
    return NAMES[way];
}

static unsigned score_of(enum alike_way way, bool is_same_suffix)
{
#define WAY_SCORE(way, name, score) [way] = score,
    static const unsigned SCORES[] = {ALIKE_WAYS(WAY_SCORE)};
#undef WAY_SCORE
    bool is_less = !is_same_suffix && way != ALIKE_SUFFIX;
    return SCORES[way] - (is_less ? ALIKE_OTHER_SUFFIX : 0);
}

/* Forms. */

static str form_str(const struct form *f)
{
    return (str){f->bytes + SWEEP_HASH_SLACK, f->len};
}

static void put_form(struct form *f, char c)
{
    /* One that is too long equals no other that is not. */
    if (f->len < FORM_BYTES_MAX)
        f->bytes[SWEEP_HASH_SLACK + f->len] = c;
    f->len += f->len < FORM_BYTES_MAX;
}

static void make_flat(str body, struct form *f)
{
    *f = (struct form){0};
    for (size_t i = 0; i < body.len; i++) {
        if (body.at[i] != '-' && body.at[i] != '.')
            put_form(f, body.at[i]);
    }
}

/* Letters that are read as others, two as one, and single ones. */
static const char PAIRS[][3] = {{'r', 'n', 'm'}, {'v', 'v', 'w'}, {'c', 'l', 'd'}};
static const char SINGLES[256] = {['0'] = 'o', ['1'] = 'l', ['i'] = 'l', ['3'] = 'e', ['4'] = 'a',
                                  ['5'] = 's', ['7'] = 't', ['8'] = 'b', ['9'] = 'g', ['q'] = 'g'};

static char read_as(str *rest)
{
    char first = rest->at[0];
    for (size_t i = 0; i < COUNT_OF(PAIRS) && rest->len > 1; i++) {
        if (first == PAIRS[i][0] && rest->at[1] == PAIRS[i][1]) {
            *rest = str_skip(*rest, 2);
            return PAIRS[i][2];
        }
    }
    *rest = str_skip(*rest, 1);
    char read = SINGLES[(unsigned char)first];
    return read ? read : first;
}

static void make_skeleton(const struct form *flat, struct form *f)
{
    *f = (struct form){0};
    for (str rest = form_str(flat); rest.len;)
        put_form(f, read_as(&rest));
}

static void make_shorter(const struct form *flat, size_t without, struct form *f)
{
    *f = (struct form){0};
    for (size_t i = 0; i < flat->len; i++) {
        if (i != without)
            put_form(f, flat->bytes[SWEEP_HASH_SLACK + i]);
    }
}

static uint64_t form_hash(const struct form *f)
{
    return sweep_hash(f->bytes + SWEEP_HASH_SLACK + f->len, f->len) | 1;
}

/* Calls `fn` with the hash of each form by which a name is found. */
typedef void form_fn(void *context, uint64_t hash);

static void each_form(str body, form_fn *fn, void *context)
{
    struct form flat;
    struct form other;
    make_flat(body, &flat);
    if (flat.len < FORM_BYTES_MIN || flat.len == FORM_BYTES_MAX)
        return;
    make_skeleton(&flat, &other);
    fn(context, form_hash(&other));
    fn(context, form_hash(&flat));
    for (size_t i = 0; i < flat.len && flat.len >= EDIT_BYTES_MIN - 1; i++) {
        make_shorter(&flat, i, &other);
        fn(context, form_hash(&other));
    }
}

/* Opening. */

struct filling {
    struct alike_names *names;
    uint32_t name;
};

static void put_slot(void *context, uint64_t hash)
{
    const struct filling *f = context;
    struct alike_names *n = f->names;
    size_t at = hash & n->slot_mask;
    while (n->slots[at].hash && (n->slots[at].hash != hash || n->slots[at].name != f->name))
        at = (at + 1) & n->slot_mask;
    n->slots[at] = (struct slot){hash, f->name};
}

/* Splits a name at its public suffix; false where nothing stands before that. */
static bool split(str host, struct protected_name *out)
{
    out->registrable = suffix_registrable(host);
    if (out->registrable.len == 0)
        return false;
    out->suffix = str_skip(out->registrable, str_find_char(out->registrable, '.') + 1);
    out->body = str_part(host, 0, host.len - out->suffix.len - 1);
    return true;
}

/* How many forms they have, at most. */
static size_t add_names(struct alike_names *n, const struct sweep_index *x)
{
    size_t forms = 0;
    for (uint32_t i = 0; i < x->apart_count && n->count < ALIKE_NAMES_MAX; i++) {
        const struct sweep_entry *e = sweep_index_entry(x, x->apart[i]);
        struct protected_name name = {.entry = x->apart[i]};
        if (e->kind != SWEEP_ALIKE || !split(sweep_entry_key(x, e), &name))
            continue;
        *LIST_ADD(&n->arena, n) = name;
        map_put(&n->suffixes, name.suffix, n);
        forms += name.body.len + 2;
    }
    return forms;
}

static void fill_slots(struct alike_names *n, size_t forms)
{
    for (n->slot_mask = 64; n->slot_mask < forms * 4;)
        n->slot_mask *= 2;
    n->slots = NEW_ARRAY(&n->arena, n->slot_mask, struct slot);
    n->slot_mask--;
    for (size_t i = 0; i < n->count; i++) {
        struct filling f = {n, (uint32_t)i};
        each_form(n->items[i].body, put_slot, &f);
    }
}

struct alike_names *alike_open(const struct sweep_index *x)
{
    if (x->counts.by_kind[SWEEP_ALIKE] == 0)
        return NULL;
    struct alike_names *n = calloc(1, sizeof(*n));
    ASSERT(n != NULL);
    map_init(&n->suffixes, &n->arena);
    fill_slots(n, add_names(n, x));
    return n;
}

void alike_close(struct alike_names *n)
{
    if (n == NULL)
        return;
    arena_done(&n->arena);
    free(n);
}

/* Comparing. */

/* One character more, less, other, or two exchanged. */
static bool is_one_edit(str a, str b)
{
    size_t same = 0;
    while (same < a.len && same < b.len && a.at[same] == b.at[same])
        same++;
    str rest_a = str_skip(a, same);
    str rest_b = str_skip(b, same);
    if (rest_a.len == rest_b.len + 1)
        return str_eq(str_skip(rest_a, 1), rest_b);
    if (rest_b.len == rest_a.len + 1)
        return str_eq(str_skip(rest_b, 1), rest_a);
    if (rest_a.len != rest_b.len || rest_a.len == 0)
        return false;
    bool is_exchanged = rest_a.len > 1 && rest_a.at[0] == rest_b.at[1] &&
                        rest_a.at[1] == rest_b.at[0] &&
                        str_eq(str_skip(rest_a, 2), str_skip(rest_b, 2));
    return is_exchanged || str_eq(str_skip(rest_a, 1), str_skip(rest_b, 1));
}

/* A name that is met, at one of its levels. */
struct level {
    str body; /* without marks, if it was in Unicode */
    bool is_unicode;
    str registrable;
    str suffix;
    const struct alike_names *names;
    bool is_own;       /* it belongs to a protected name */
    struct alike best; /* score 0: none yet */
};

/* How the level looks like the name; ALIKE_WAY_COUNT: not at all. */
static enum alike_way way_of(const struct level *l, const struct protected_name *p)
{
    struct form flat;
    struct form skeleton;
    struct form flat_p;
    struct form skeleton_p;
    make_flat(l->body, &flat);
    make_flat(p->body, &flat_p);
    if (str_eq(l->body, p->body) && !l->is_unicode)
        return ALIKE_SUFFIX;
    if (str_eq(form_str(&flat), form_str(&flat_p)))
        return l->is_unicode ? ALIKE_HOMOGLYPH : ALIKE_HYPHEN;
    make_skeleton(&flat, &skeleton);
    make_skeleton(&flat_p, &skeleton_p);
    if (str_eq(form_str(&skeleton), form_str(&skeleton_p)))
        return ALIKE_HOMOGLYPH;
    bool is_edit = flat_p.len >= EDIT_BYTES_MIN && is_one_edit(form_str(&flat), form_str(&flat_p));
    return is_edit ? ALIKE_EDIT : ALIKE_WAY_COUNT;
}

static void compare(struct level *l, const struct protected_name *p)
{
    bool is_same_suffix = str_eq(l->suffix, p->suffix);
    l->is_own |= str_eq(l->registrable, p->registrable);
    if (l->is_own)
        return;
    enum alike_way way = way_of(l, p);
    if (way == ALIKE_WAY_COUNT)
        return;
    unsigned score = score_of(way, is_same_suffix);
    bool is_better = score > l->best.score || (score == l->best.score && p->entry < l->best.entry);
    if (is_better)
        l->best = (struct alike){p->entry, way, score};
}

static void look_up(void *context, uint64_t hash)
{
    struct level *l = context;
    const struct alike_names *n = l->names;
    for (size_t at = hash & n->slot_mask; n->slots[at].hash; at = (at + 1) & n->slot_mask) {
        if (n->slots[at].hash == hash)
            compare(l, &n->items[n->slots[at].name]);
    }
}

/* The body as it is read: of A-labels the letters that they stand for, without marks. */
static str body_as_read(struct arena *a, str body, bool *is_unicode)
{
    str shown;
    *is_unicode = false;
    if (str_find(body, LIT("xn--")) == body.len || !sweep_host_to_unicode(a, body, &shown))
        return body;
    *is_unicode = !str_eq(shown, body);
    return confusable_as_read(a, shown);
}

/* Letters, or an A-label: versions, times and most names of files end otherwise. */
static bool ends_as_host(str host)
{
    size_t at = host.len;
    while (at > 0 && host.at[at - 1] >= 'a' && host.at[at - 1] <= 'z')
        at--;
    str last = str_skip(host, at);
    return (at > 0 && host.at[at - 1] == '.' && last.len > 1) ||
           str_find(host, LIT(".xn--")) < host.len;
}

/* A suffix that is neither listed nor that of a protected name is that of a file, say. */
static bool may_be_host(const struct alike_names *n, str host, struct protected_name *parts)
{
    return ends_as_host(host) && split(host, parts) &&
           (map_get(&n->suffixes, parts->suffix) || suffix_is_listed(parts->suffix));
}

static bool find(struct arena *a, const struct alike_names *n, str host, struct alike *out)
{
    struct protected_name parts;
    if (!may_be_host(n, host, &parts))
        return false;
    struct level l = {.registrable = parts.registrable, .suffix = parts.suffix, .names = n};
    str body = body_as_read(a, parts.body, &l.is_unicode);
    size_t at = body.len;
    for (size_t level = 0; at > 0 && level <= LEVELS_MAX; level++) {
        at--;
        while (at > 0 && body.at[at - 1] != '.')
            at--;
        l.body = str_skip(body, at);
        each_form(l.body, look_up, &l);
    }
    *out = l.best;
    return l.best.score > 0 && !l.is_own;
}

/* What was met before. */

struct alike_memory *alike_memory_new(void)
{
    struct alike_memory *m = calloc(1, sizeof(*m));
    ASSERT(m != NULL);
    return m;
}

void alike_memory_free(struct alike_memory *m)
{
    free(m);
}

static struct seen *place_of(struct alike_memory *m, str host)
{
    uint64_t hash = host.len;
    for (size_t i = 0; i < host.len; i++)
        hash = (hash ^ (unsigned char)host.at[i]) * UINT64_C(0x100000001b3);
    return &m->seen[(hash ^ hash >> 29) % SEEN_COUNT];
}

bool alike_find(struct arena *a, const struct alike_names *n, struct alike_memory *m, str host,
                struct alike *out)
{
    struct seen *seen = place_of(m, host);
    if (str_eq((str){seen->host, seen->len}, host))
        return false;
    if (find(a, n, host, out))
        return true;
    if (host.len <= SEEN_BYTES_MAX) {
        memcpy(seen->host, host.at, host.len);
        seen->len = (uint32_t)host.len;
    }
    return false;
}
