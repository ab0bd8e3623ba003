/*
 * Which candidates an index needs of the walk.
 */
#include "sweep/plan.h"

#include "sweep/template.h"

#define FILTER_BITS_EACH 16u
#define FILTER_WORDS_MIN 64u

#define PUTS_AHEAD 16u

/* Bits for a word of a filter, whose memory was asked for. */
struct put {
    uint64_t *word; /* NULL: none */
    uint64_t bits;
};

struct planning {
    struct sweep_index *x;
    uint64_t *walk; /* both filters of `mask` + 1 words */
    uint64_t *keys;
    uint64_t mask;
    uint8_t *labels;
    struct put puts[PUTS_AHEAD]; /* the last ones, round and round */
    size_t put_count;
};

uint64_t sweep_plan_words(uint32_t entries)
{
    uint64_t words = FILTER_WORDS_MIN;
    while (words * 64 < entries * (uint64_t)FILTER_BITS_EACH)
        words *= 2;
    return words;
}

static void finish_put(const struct put *p)
{
    if (p->word)
        *p->word |= p->bits;
}

static void put_filter(struct planning *p, uint64_t *words, uint64_t hash, uint64_t bits)
{
    struct sweep_filter f = {words, p->mask};
    struct put *put = &p->puts[p->put_count++ % PUTS_AHEAD];
    finish_put(put);
    *put = (struct put){&words[sweep_filter_place(&f, hash)], bits};
    __builtin_prefetch(put->word, 1);
}

static void put_walk(struct planning *p, str seen)
{
    uint64_t hash = sweep_brief_hash(seen.at + seen.len, seen.len);
    put_filter(p, p->walk, hash, sweep_filter_bits(hash));
}

static void put_key(struct planning *p, str key)
{
    uint64_t hash = sweep_hash(key.at + key.len, key.len);
    put_filter(p, p->keys, hash, sweep_filter_bits(hash));
}

/* The last two labels of a name, and the last. */
static void put_name(struct planning *p, str name)
{
    size_t label = 0;
    while (label < name.len && name.at[name.len - 1 - label] != '.')
        label++;
    size_t two = label + 1;
    while (two < name.len && name.at[name.len - 1 - two] != '.')
        two++;
    if (label == 0 || label >= name.len)
        return;
    const char *end = name.at + name.len;
    p->labels[sweep_label_place(end, label)] = 1;
    put_walk(p, (str){end - two, two});
}

static bool is_numeric(str host)
{
    for (size_t i = 0; i < host.len; i++) {
        if (!char_is_digit(host.at[i]) && host.at[i] != '.')
            return false;
    }
    return true;
}

/* The host of a URL; as the walk sees it, it is an address whole, a name by its last labels. */
static void put_host(struct planning *p, str host)
{
    uint64_t hash = sweep_hash(host.at + host.len, host.len);
    put_filter(p, p->keys, hash, sweep_filter_other_bits(hash));
    if (is_numeric(host))
        put_walk(p, host);
    else
        put_name(p, host);
}

/* Makes the walk find every value that a template is tried on. */
static void plan_template(struct sweep_index *x, str key)
{
    struct sweep_target target;
    if (!sweep_template_target(key, &target))
        return;
    enum sweep_kind kind = target.kind;
    bool is_hash = kind == SWEEP_HASH;
    bool is_address = kind == SWEEP_IPV4 || kind == SWEEP_IPV6;
    bool is_word = kind == SWEEP_FILE || kind == SWEEP_ACCOUNT;
    x->has_urls |= kind == SWEEP_URL;
    x->has_emails |= kind == SWEEP_EMAIL;
    x->has_files |= kind == SWEEP_FILE;
    x->plan.wants_names |= !is_hash && !is_address && kind != SWEEP_ACCOUNT;
    x->plan.wants_addresses |= kind == SWEEP_IPV4 || kind == SWEEP_URL;
    x->plan.wants_colons |= kind == SWEEP_IPV6;
    x->plan.wants_hashes |= is_hash;
    x->plan.wants_all_hashes |= is_hash;
    x->plan.wants_words |= is_word;
    x->plan.wants_all_words |= is_word;
}

/* Makes the walk find this entry's candidates. */
static void plan_entry(struct planning *p, const struct sweep_entry *e)
{
    struct sweep_index *x = p->x;
    if (e->kind == SWEEP_KIND_COUNT) /* left out; the flags may be changing (link.h) */
        return;
    str key = sweep_entry_key(x, e);
    put_key(p, key);
    switch ((enum sweep_kind)e->kind) {
    case SWEEP_DOMAIN:
        put_name(p, key);
        break;
    case SWEEP_URL:
        x->has_urls = true;
        put_host(p, sweep_url_host(key));
        break;
    case SWEEP_EMAIL:
        x->has_emails = true;
        put_name(p, str_skip(key, str_find_char(key, '@') + 1));
        break;
    case SWEEP_IPV4:
        put_walk(p, key);
        break;
    case SWEEP_HASH:
        x->plan.wants_hashes = true;
        put_walk(p, key);
        break;
    case SWEEP_FILE:
        x->has_files = true;
        put_name(p, key);
        put_walk(p, key);
        x->plan.wants_words |= str_find_char(key, '.') == key.len;
        break;
    case SWEEP_ACCOUNT:
        x->plan.wants_words = true;
        put_walk(p, key);
        break;
    case SWEEP_IPV6:
        x->plan.wants_colons = true;
        break;
    case SWEEP_NET: {
        unsigned prefix = (unsigned char)key.at[1];
        bool is_v4 = key.at[0] == 4;
        x->plan.wants_addresses |= is_v4;
        x->plan.wants_colons |= !is_v4;
        if (is_v4)
            x->prefixes_v4 |= UINT64_C(1) << prefix;
        else
            x->prefixes_v6[prefix / 64] |= UINT64_C(1) << prefix % 64;
        break;
    }
    case SWEEP_ALIKE:
        x->plan.wants_names = true;
        break;
    default:
        plan_template(x, key);
        break;
    }
}

void sweep_plan_make(struct sweep_index *x, uint64_t *filters, uint64_t words, uint8_t *labels)
{
    struct planning p = {
        .x = x, .walk = filters, .keys = filters + words, .mask = words - 1, .labels = labels};
    x->plan.filter = (struct sweep_filter){p.walk, p.mask};
    x->keys = (struct sweep_filter){p.keys, p.mask};
    x->plan.labels = labels;
    for (uint32_t i = 0; i < x->counts.entries; i++)
        plan_entry(&p, &x->entries[i]);
    for (size_t i = 0; i < PUTS_AHEAD; i++)
        finish_put(&p.puts[i]);
}
