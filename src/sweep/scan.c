/*
 * Verifying. A candidate is looked at the way a person would: the name and the names above it, the
 * e-mail address that it ends, the URL that it is the host of.
 */
#include "sweep/scan.h"

#include "pattern/subnet.h"
#include "sweep/around.h"
#include "sweep/template.h"

#include <stdlib.h>

#define LINE_BYTES_MAX ((size_t)1 << 16) /* as it is meant: of longer lines so much */

/* A text under verification. */
struct looking {
    struct sweep_scan *scan;
    const char *text;
    size_t len;
    const struct refanged *meant; /* that this is the text of; NULL: it is as it stands */
    uint32_t seen;                /* its place in the scan's `meant`, if there are hits */
};

static void look_up_url(struct looking *l, size_t start, size_t end);

void sweep_scan_init(struct sweep_scan *s, const struct sweep_index *x,
                     const struct sweep_kernel *kernel, size_t bytes_max)
{
    *s = (struct sweep_scan){
        .index = x, .kernel = kernel ? kernel : sweep_kernel_best(), .room = bytes_max};
    size_t room_again = bytes_max + 1; /* each line ends */
    sweep_found_init(&s->found, s->room);
    sweep_found_init(&s->found_again, room_again);
    buf_init(&s->again.text, SWEEP_SLACK + room_again + SWEEP_PADDING);
    s->alike_memory = x && x->alike ? alike_memory_new() : NULL;
    buf_init(&s->meant, (size_t)UINT32_MAX);
}

void sweep_scan_done(struct sweep_scan *s)
{
    sweep_found_done(&s->found);
    sweep_found_done(&s->found_again);
    sweep_hits_done(&s->hits);
    buf_done(&s->meant);
    buf_done(&s->again.text);
    free(s->given_up.items);
    alike_memory_free(s->alike_memory);
    arena_done(&s->scratch);
    arena_done(&s->value);
    *s = (struct sweep_scan){0};
}

/* Hits. */

static void hit(struct looking *l, size_t start, size_t end, uint32_t entry)
{
    struct sweep_hit h = {.start = (uint32_t)start, .len = (uint32_t)(end - start), .entry = entry};
    if (l->meant) {
        size_t from = refanged_from(l->meant, SWEEP_SLACK + start);
        h.start = (uint32_t)from;
        h.len = (uint32_t)(refanged_from(l->meant, SWEEP_SLACK + end) - from);
        h.seen = l->seen + (uint32_t)start + 1;
        h.seen_len = (uint32_t)(end - start);
    }
    *sweep_hits_new(&l->scan->hits) = h;
}

static bool look_up(struct looking *l, enum sweep_kind kind, size_t start, size_t end)
{
    const struct sweep_index *x = l->scan->index;
    str key = {l->text + start, end - start};
    uint32_t entry = sweep_index_find(x, kind, key);
    if (entry != SWEEP_NONE)
        hit(l, start, end, entry);
    return entry != SWEEP_NONE;
}

/*
 * A public suffix is not met by the names below it, unless that was asked for. Few values are ever
 * met by such a name, and those again and again: they are judged when they are met.
 */
static bool may_match(struct looking *l, uint32_t entry, bool is_whole)
{
    const struct sweep_index *x = l->scan->index;
    const struct sweep_entry *e = sweep_index_entry(x, entry);
    return is_whole || (e->flags & SWEEP_IS_WITH_BELOW) ||
           !suffix_memo_is_public(&l->scan->suffixes, entry, sweep_entry_key(x, e));
}

/* Of what waits, what the filter knows not to be there goes; the memory of the rest is fetched. */
static void sift_wanted(struct sweep_scan *s)
{
    const struct sweep_filter *keys = &s->index->keys;
    size_t kept = 0;
    for (size_t i = 0; i < s->wanted_count; i++) {
        struct sweep_wanted w = s->wanted[i];
        if (w.part == SWEEP_HOST && sweep_filter_may_have_other(keys, w.hash))
            s->hosts[s->host_count++] = (struct sweep_host){w.start, w.len};
        if (!sweep_filter_may_have(keys, w.hash))
            continue;
        sweep_index_fetch_slot(s->index, w.hash);
        s->wanted[kept++] = w;
    }
    s->wanted_count = kept;
    for (size_t i = 0; i < kept; i++) {
        uint32_t entry = sweep_index_fetch_entry(s->index, s->wanted[i].hash);
        suffix_memo_fetch(&s->suffixes, entry);
    }
    for (size_t i = 0; i < kept; i++)
        sweep_index_fetch_value(s->index, s->wanted[i].hash);
}

static void look_up_wanted(struct looking *l)
{
    struct sweep_scan *s = l->scan;
    sift_wanted(s);
    for (size_t i = 0; i < s->wanted_count; i++) {
        const struct sweep_wanted *w = &s->wanted[i];
        str key = {l->text + w->start, w->len};
        uint32_t entry = sweep_index_find_hashed(s->index, w->kind, key, w->hash);
        if (entry != SWEEP_NONE && may_match(l, entry, w->part != SWEEP_ABOVE))
            hit(l, w->start, (size_t)w->start + w->len, entry);
    }
    s->wanted_count = 0;
    for (size_t i = 0; i < s->host_count; i++)
        look_up_url(l, s->hosts[i].start, (size_t)s->hosts[i].start + s->hosts[i].len);
    s->host_count = 0;
}

/* Looks up later, with others, so that the memory of all is on its way at once. */
static void want_part(struct looking *l, enum sweep_kind kind, size_t start, size_t end,
                      enum sweep_part part)
{
    struct sweep_scan *s = l->scan;
    while (s->wanted_count == SWEEP_WANTED_MAX)
        look_up_wanted(l);
    uint64_t hash = sweep_hash(l->text + end, end - start);
    sweep_filter_fetch(&s->index->keys, hash);
    s->wanted[s->wanted_count++] =
        (struct sweep_wanted){hash, (uint32_t)start, (uint32_t)(end - start), kind, part};
}

static void want(struct looking *l, enum sweep_kind kind, size_t start, size_t end)
{
    want_part(l, kind, start, end, SWEEP_WHOLE);
}

/* The entry of a key that does not stand in the text. */
static uint32_t find_key(const struct looking *l, enum sweep_kind kind, str key)
{
    char padded[SWEEP_HASH_SLACK + SWEEP_VALUE_BYTES_MAX] = {0};
    if (key.len > SWEEP_VALUE_BYTES_MAX)
        return SWEEP_NONE;
    memcpy(padded + SWEEP_HASH_SLACK, key.at, key.len);
    return sweep_index_find(l->scan->index, kind, (str){padded + SWEEP_HASH_SLACK, key.len});
}

/* The hit is the text from `start` to `end`. */
static void look_up_key(struct looking *l, enum sweep_kind kind, str key, size_t start, size_t end)
{
    uint32_t entry = find_key(l, kind, key);
    if (entry != SWEEP_NONE)
        hit(l, start, end, entry);
}

/* Templates. */

static bool is_given_up(const struct sweep_scan *s, uint32_t entry)
{
    for (size_t i = 0; i < s->given_up.count; i++) {
        if (s->given_up.items[i] == entry)
            return true;
    }
    return false;
}

static void give_up(struct sweep_scan *s, uint32_t entry)
{
    struct sweep_given_up *list = &s->given_up;
    if (list->count == list->capacity) {
        list->capacity = list->capacity ? list->capacity * 2 : 16;
        list->items = realloc(list->items, list->capacity * sizeof(*list->items));
        ASSERT(list->items != NULL);
    }
    list->items[list->count++] = entry;
}

/* Whether there are templates for values of a kind. */
static bool tries(const struct sweep_scan *s, enum sweep_kind kind)
{
    return s->index->templates && s->index->templates->of[kind].count;
}

/* Tries the kind's templates on a value; the hit is the text from `start` to `end`. */
static void try_value(struct looking *l, enum sweep_kind kind, str text, size_t start, size_t end)
{
    struct sweep_scan *s = l->scan;
    if (!tries(s, kind))
        return;
    arena_reset(&s->value);
    str value = sweep_template_value(&s->value, kind, text);
    const struct sweep_template_list *list = &s->index->templates->of[kind];
    for (size_t i = 0; i < list->count && value.len; i++) {
        const struct sweep_template *t = &list->items[i];
        if (is_given_up(s, t->entry))
            continue;
        enum sweep_fit fit = sweep_template_try(t, kind, value);
        if (fit == SWEEP_FITS)
            hit(l, start, end, t->entry);
        else if (fit == SWEEP_FIT_GIVEN_UP)
            give_up(s, t->entry);
    }
}

static void try_text(struct looking *l, enum sweep_kind kind, size_t start, size_t end)
{
    try_value(l, kind, (str){l->text + start, end - start}, start, end);
}

/* Names. */

/* Whether a name (A-labels) looks like a protected one; the hit is the text. */
static void compare_host(struct looking *l, str host, size_t start, size_t end)
{
    struct sweep_scan *s = l->scan;
    struct alike alike;
    if (s->alike_memory == NULL)
        return;
    arena_reset(&s->value);
    host = sweep_to_lower(&s->value, host);
    if (!alike_find(&s->value, s->index->alike, s->alike_memory, host, &alike))
        return;
    hit(l, start, end, alike.entry);
    struct sweep_hit *made = &s->hits.items[s->hits.count - 1];
    made->score = (uint16_t)alike.score;
    made->way = (uint16_t)alike.way;
}

/* The top bits of those bytes that are dots. */
static inline uint64_t dots_of(uint64_t word)
{
    uint64_t low = UINT64_C(0x7f7f7f7f7f7f7f7f);
    uint64_t other = word ^ UINT64_C(0x2e2e2e2e2e2e2e2e);
    return ~(((other & low) + low) | other | low);
}

/* The name itself and the names above it that have a dot. */
static void look_up_host(struct looking *l, size_t start, size_t end, enum sweep_part part)
{
    size_t above = start; /* where the name begins that the next dot is in */
    for (size_t at = start; at < end; at += 8) {
        for (uint64_t dots = dots_of(sweep_plain_word(l->text + at)); dots; dots &= dots - 1) {
            size_t dot = at + (size_t)__builtin_ctzll(dots) / 8;
            if (dot >= end)
                return;
            want_part(l, SWEEP_DOMAIN, above, end, above == start ? part : SWEEP_ABOVE);
            above = dot + 1;
        }
    }
}

/* As look_up_host for a name in Unicode. */
static void look_up_unicode(struct looking *l, size_t start, size_t end)
{
    str ascii;
    struct arena *a = &l->scan->scratch;
    if (!sweep_host_to_ascii(a, (str){l->text + start, end - start}, &ascii))
        return;
    try_value(l, SWEEP_DOMAIN, ascii, start, end);
    compare_host(l, ascii, start, end);
    for (str rest = ascii; str_find_char(rest, '.') < rest.len;
         rest = str_skip(rest, str_find_char(rest, '.') + 1)) {
        uint32_t entry = find_key(l, SWEEP_DOMAIN, rest);
        if (entry != SWEEP_NONE && may_match(l, entry, rest.len == ascii.len))
            hit(l, start, end, entry);
    }
}

static void look_up_email(struct looking *l, size_t start, size_t end)
{
    size_t first;
    if (!around_email((str){l->text, l->len}, start, &first))
        return;
    look_up(l, SWEEP_EMAIL, first, end);
    try_text(l, SWEEP_EMAIL, first, end);
}

static void try_url(struct looking *l, size_t first, size_t end)
{
    while (end > first && around_ends_sentence(l->text[end - 1]))
        end--;
    try_text(l, SWEEP_URL, first, end);
}

/* What ends the sentence may end the URL, too: the longest that is known is met. */
static void look_up_shortened(struct looking *l, size_t first, size_t end)
{
    while (!look_up(l, SWEEP_URL, first, end) && end > first &&
           around_ends_sentence(l->text[end - 1]))
        end--;
}

static void look_up_defanged(struct looking *l, size_t first, size_t end)
{
    for (;; end--) {
        str rest = {l->text + first + 4, end - first - 4};
        str key = arena_join(&l->scan->scratch, LIT("http"), rest, LIT(""));
        look_up_key(l, SWEEP_URL, key, first, end);
        if (!around_ends_sentence(l->text[end - 1]))
            return;
    }
}

/* As URLs of indicators are kept, where this one is written otherwise: host in ASCII, no port. */
static void look_up_plain(struct looking *l, str url, str host)
{
    struct arena *a = &l->scan->scratch;
    size_t before = (size_t)(host.at - url.at);
    size_t first = (size_t)(url.at - l->text);
    str rest = str_skip(url, before + host.len);
    bool is_ascii = sweep_is_ascii(host);
    if (is_ascii && !str_starts(rest, LIT(":")) && !str_eq(rest, LIT("/")))
        return;
    str ascii = host;
    str plain = url;
    if (!is_ascii && sweep_host_to_ascii(a, host, &ascii))
        plain = arena_join(a, str_part(url, 0, before), ascii, rest);
    plain = sweep_url_plain(a, plain, before + ascii.len);
    if (!str_eq(plain, url))
        look_up_key(l, SWEEP_URL, plain, first, first + url.len);
}

static void look_up_url(struct looking *l, size_t start, size_t end)
{
    size_t first;
    str host = {l->text + start, end - start};
    if (!around_url((str){l->text, l->len}, start, &first, &end))
        return;
    str url = {l->text + first, end - first};
    if (url.len > SWEEP_VALUE_BYTES_MAX)
        return;
    try_url(l, first, end);
    if (str_eq_nocase(str_part(url, 0, 4), LIT("hxxp")))
        look_up_defanged(l, first, end);
    else if (around_ends_sentence(l->text[end - 1]))
        look_up_shortened(l, first, end);
    else
        want(l, SWEEP_URL, first, end);
    look_up_plain(l, url, host);
}

static void look_at_name(struct looking *l, size_t start, size_t end)
{
    const struct sweep_index *x = l->scan->index;
    while (end > start && l->text[end - 1] == '.')
        end--;
    while (start < end && !char_is_alnum(l->text[start]) && (unsigned char)l->text[start] < 0x80)
        start++;
    str name = {l->text + start, end - start};
    bool is_ascii = sweep_is_ascii(name);
    bool is_plain = is_ascii && !tries(l->scan, SWEEP_URL);
    if (is_ascii) {
        look_up_host(l, start, end, is_plain && x->has_urls ? SWEEP_HOST : SWEEP_WHOLE);
        compare_host(l, name, start, end);
    } else
        look_up_unicode(l, start, end);
    try_text(l, SWEEP_DOMAIN, start, end);
    if (x->has_files) {
        want(l, SWEEP_FILE, start, end);
        try_text(l, SWEEP_FILE, start, end);
    }
    if (x->has_emails)
        look_up_email(l, start, end);
    if (x->has_urls && !is_plain)
        look_up_url(l, start, end);
}

/* Addresses. */

static void look_up_nets(struct looking *l, const struct subnet *s, size_t start, size_t end)
{
    const struct sweep_index *x = l->scan->index;
    char key[SWEEP_NET_KEY_BYTES_MAX] = {0};
    for (unsigned prefix = 0; prefix < s->bytes * 8; prefix++) {
        bool is_there = s->bytes == 4 ? x->prefixes_v4 >> prefix & 1
                                      : x->prefixes_v6[prefix / 64] >> prefix % 64 & 1;
        if (!is_there)
            continue;
        size_t size = sweep_net_key(s->address, s->bytes, prefix, key);
        look_up_key(l, SWEEP_NET, (str){key, size}, start, end);
    }
}

static void look_at_address(struct looking *l, size_t start, size_t end)
{
    const struct sweep_index *x = l->scan->index;
    bool is_plain = !tries(l->scan, SWEEP_URL);
    want_part(l, SWEEP_IPV4, start, end, is_plain && x->has_urls ? SWEEP_HOST : SWEEP_WHOLE);
    try_text(l, SWEEP_IPV4, start, end);
    if (x->has_urls && !is_plain)
        look_up_url(l, start, end);
    struct subnet s;
    if (x->prefixes_v4 && subnet_read((str){l->text + start, end - start}, &s))
        look_up_nets(l, &s, start, end);
}

static void look_at_colons(struct looking *l, size_t start, size_t end)
{
    struct subnet s;
    /* A colon at the end separates, but "::" belongs to the address. */
    if (end - start > 2 && l->text[end - 1] == ':' && l->text[end - 2] != ':')
        end--;
    if (!subnet_read((str){l->text + start, end - start}, &s) || s.bytes != 16)
        return;
    char key[SWEEP_NET_KEY_BYTES_MAX];
    look_up_key(l, SWEEP_IPV6, (str){key, sweep_net_key(s.address, 16, 128, key)}, start, end);
    look_up_nets(l, &s, start, end);
    try_text(l, SWEEP_IPV6, start, end);
}

static void look_at_hash(struct looking *l, size_t start, size_t end)
{
    want(l, SWEEP_HASH, start, end);
    try_text(l, SWEEP_HASH, start, end);
}

static void look_at_word(struct looking *l, size_t start, size_t end)
{
    want(l, SWEEP_ACCOUNT, start, end);
    try_text(l, SWEEP_ACCOUNT, start, end);
    if (memchr(l->text + start, '.', end - start))
        return; /* look_at_name has it */
    want(l, SWEEP_FILE, start, end);
    try_text(l, SWEEP_FILE, start, end);
}

static void look_at(struct looking *l, const struct sweep_candidate *c)
{
    size_t end = (size_t)c->start + c->len;
    switch (c->shape) {
    case SWEEP_SHAPE_NAME:
        look_at_name(l, c->start, end);
        break;
    case SWEEP_SHAPE_ADDRESS:
        look_at_address(l, c->start, end);
        break;
    case SWEEP_SHAPE_COLONS:
        look_at_colons(l, c->start, end);
        break;
    case SWEEP_SHAPE_HASH:
        look_at_hash(l, c->start, end);
        break;
    case SWEEP_SHAPE_WORD:
        look_at_word(l, c->start, end);
        break;
    }
}

/* Hosts that waited may have URLs that wait. */
static void finish_wanted(struct looking *l)
{
    while (l->scan->wanted_count)
        look_up_wanted(l);
}

/* Lines as they are meant. */

/* Appends so many line feeds. What is meant is no longer than what is written: there is room. */
static void pad_meant(struct sweep_scan *s, size_t count)
{
    char *room = buf_room(&s->again.text, count);
    ASSERT(room != NULL);
    memset(room, '\n', count);
    s->again.text.len += count;
}

static void begin_meant(struct sweep_scan *s)
{
    arena_reset(&s->scratch);
    refang_begin(&s->again);
    pad_meant(s, SWEEP_SLACK);
}

/* Scans the lines that were gathered, and begins anew. */
static void scan_meant(struct looking *l)
{
    struct sweep_scan *s = l->scan;
    size_t len = s->again.text.len - SWEEP_SLACK;
    pad_meant(s, SWEEP_PADDING);
    struct sweep_plan plan = s->index->plan;
    plan.wants_names |= !s->is_again_ascii;
    sweep_found_clear(&s->found_again);
    struct looking again = {.scan = s,
                            .text = s->again.text.at + SWEEP_SLACK,
                            .len = len,
                            .meant = &s->again,
                            .seen = (uint32_t)s->meant.len};
    size_t hit_count = s->hits.count;
    s->kernel->walk(&plan, again.text, len, &s->found_again);
    for (size_t i = 0; i < s->found_again.count; i++)
        look_at(&again, &s->found_again.items[i]);
    finish_wanted(&again);
    if (s->hits.count > hit_count)
        buf_put(&s->meant, (str){again.text, len});
    begin_meant(s);
}

/*
 * Gathers a line if it is meant otherwise than it is written, or not in ASCII. Of those that are
 * in ASCII the filter can judge the names: they are not scanned together with others.
 */
static void gather_meant(struct looking *l, str line)
{
    struct sweep_scan *s = l->scan;
    struct refanged *again = &s->again;
    for (;;) {
        struct refanged before = *again;
        bool is_changed = refang_line(&s->scratch, line, (size_t)(line.at - l->text), again);
        bool is_ascii = sweep_is_ascii(str_skip(buf_str(&again->text), before.text.len));
        bool is_first = before.text.len == SWEEP_SLACK;
        bool is_like = is_first || is_ascii == s->is_again_ascii;
        if (is_like && (is_changed || !is_ascii)) {
            s->is_again_ascii = is_ascii;
            buf_put(&again->text, LIT("\n"));
            return;
        }
        refang_undo(again, before.text.len, before.count);
        if (!is_changed && is_ascii)
            return;
        scan_meant(l);
    }
}

static str line_around(const struct looking *l, size_t at)
{
    const char *end = memchr(l->text + at, '\n', l->len - at);
    const char *before = memrchr(l->text, '\n', at);
    const char *first = before ? before + 1 : l->text;
    const char *last = end ? end : l->text + l->len;
    return (str){first, (size_t)(last - first)};
}

static void look_again(struct looking *l)
{
    struct sweep_scan *s = l->scan;
    size_t done = 0;
    begin_meant(s);
    for (size_t i = 0; i < s->found.disguise_count; i++) {
        size_t at = s->found.disguises[i];
        if (at < done || at >= l->len)
            continue;
        str line = line_around(l, at);
        done = (size_t)(line.at - l->text) + line.len + 1;
        line.len = line.len > LINE_BYTES_MAX ? LINE_BYTES_MAX : line.len;
        gather_meant(l, line);
    }
    scan_meant(l);
}

void sweep_scan_text(struct sweep_scan *s, const char *text, size_t len)
{
    ASSERT(len <= s->room);
    s->hits.count = 0;
    s->given_up.count = 0;
    sweep_found_clear(&s->found);
    buf_clear(&s->meant);
    arena_reset(&s->scratch);
    struct looking l = {.scan = s, .text = text, .len = len};
    s->kernel->walk(&s->index->plan, text, len, &s->found);
    for (size_t i = 0; i < s->found.count; i++)
        look_at(&l, &s->found.items[i]);
    finish_wanted(&l);
    if (s->found.disguise_count)
        look_again(&l);
    sweep_hits_settle(&s->hits);
}
