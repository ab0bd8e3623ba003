/*
 * Search.
 */
#include "store/search.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "store/search_index.h"

#include <stdlib.h>

#define BATCH_NUMBERS 128
#define MATCH_BYTES_MAX ((size_t)16 << 20)

static const char SQL_FIND[] = "SELECT rowid FROM search_index WHERE search_index MATCH ?1 "
                               "AND rowid < ?2 ORDER BY rowid DESC";

struct searching {
    struct arena *a;
    struct session *s;
    const struct reader *r;
    const struct search_query *q;
    struct page *page;
};

/* ---- what the index is asked */

static err read_words(struct arena *a, str text, struct search_words *out)
{
    if (text.len > SEARCH_TEXT_BYTES_MAX)
        return FAIL(a, ERR_INPUT, "Search for up to %d characters", SEARCH_TEXT_BYTES_MAX);
    search_words_of_text(a, text, out);
    if (out->count == 0)
        return FAIL(a, ERR_INPUT, "Search for at least one word or number");
    if (out->count > SEARCH_QUERY_WORDS_MAX)
        return FAIL(a, ERR_INPUT, "Search for up to %d words at once", SEARCH_QUERY_WORDS_MAX);
    return NULL;
}

/* All words under one audience: ("1fxharbor"* AND "1fxpier"*). */
static void put_conjunction(struct buf *to, uint32_t audience, const struct search_words *words)
{
    for (size_t i = 0; i < words->count; i++) {
        str word = words->items[i];
        buf_put(to, i ? LIT(" AND \"") : LIT("(\""));
        search_put_term(to, audience, word);
        buf_put(to, utf8_count(word) < SEARCH_PREFIX_CHARACTERS ? LIT("\"") : LIT("\" *"));
    }
    buf_put_char(to, ')');
}

/*
 * All words under one of several audiences. Halved and halved again, since FTS5 copies the list of
 * what is on the left for each OR: a list as it comes costs the square of its length.
 */
static void put_choice(struct buf *to, const uint32_t *audiences, size_t count,
                       const struct search_words *words)
{
    if (count == 1) {
        put_conjunction(to, audiences[0], words);
        return;
    }
    size_t half = count / 2;
    buf_put_char(to, '(');
    put_choice(to, audiences, half, words);
    buf_put(to, LIT(" OR "));
    put_choice(to, audiences + half, count - half, words);
    buf_put_char(to, ')');
}

static err write_match(struct searching *f, struct buf *to)
{
    struct search_words words = {0};
    const uint32_t *audiences;
    size_t count;
    uint64_t generation;
    if (f->q->named.len)
        *LIST_ADD(f->a, &words) = search_word_of_ref(f->a, log_id_hash(f->s, f->q->named));
    else
        TRY(read_words(f->a, f->q->text, &words));
    reader_audiences(f->s, f->r, &audiences, &count, &generation);
    if (count)
        put_choice(to, audiences, count, &words);
    return buf_check(f->a, to);
}

/* ---- what of it the reader gets */

static int older_first(const void *x, const void *y)
{
    uint32_t one = *(const uint32_t *)x;
    uint32_t two = *(const uint32_t *)y;
    return (one > two) - (one < two);
}

static int newer_first(const void *x, const void *y)
{
    return older_first(&((const struct page_row *)y)->entry.number,
                       &((const struct page_row *)x)->entry.number);
}

/* Those of these numbers, ascending, that the page of a collection shows. */
static err choose(struct searching *f, uint32_t collection, const struct view_choice *among,
                  struct page *out)
{
    const struct page_query query = {.collection = collection,
                                     .limit = among->count,
                                     .types = f->q->types,
                                     .type_count = f->q->type_count,
                                     .among = among->numbers,
                                     .among_count = among->count};
    return page_read(f->a, f->s, f->r, &query, out);
}

static bool is_searched(const struct searching *f, uint32_t collection)
{
    return f->q->collection == 0 || f->q->collection == collection;
}

/* A version that stands in several collections is given once, where it was put last (L3). */
static err stands_later(struct searching *f, const struct page_row *row, bool *out)
{
    const struct page_query asked = {.types = f->q->types, .type_count = f->q->type_count};
    struct log_entries entries = {0};
    TRY(page_entries_of(f->a, f->s, f->r, row->body.id, 0, &entries));
    for (size_t i = 0; i < entries.count && !*out; i++) {
        const struct log_entry *e = &entries.items[i];
        if (e->body == row->entry.body && e->number > row->entry.number &&
            is_searched(f, e->collection))
            TRY(page_shows(f->a, f->s, f->r, e, &asked, out));
    }
    return NULL;
}

static err add_row(struct searching *f, const struct page_row *row)
{
    struct page *page = f->page;
    bool is_later = false;
    TRY(stands_later(f, row, &is_later));
    if (is_later)
        return NULL;
    page->has_more = page->count == f->q->limit;
    if (page->has_more)
        return NULL;
    struct page_row shown = *row;
    TRY(log_body_get_listed(f->a, f->s, row->entry.body, &shown.body));
    *LIST_ADD(f->a, page) = shown;
    page->last_number = row->entry.number;
    return NULL;
}

static err add_batch(struct searching *f, uint32_t *numbers, size_t count)
{
    const struct policy *p = f->s->policy;
    const struct view_choice among = {numbers, count};
    struct page found = {0};
    qsort(numbers, count, sizeof(*numbers), older_first);
    for (size_t i = 0; i < p->collection_count; i++) {
        struct page page = {0};
        if (!is_searched(f, p->collections[i].n))
            continue;
        TRY(choose(f, p->collections[i].n, &among, &page));
        for (size_t k = 0; k < page.count; k++)
            *LIST_ADD(f->a, &found) = page.items[k];
    }
    if (found.count)
        qsort(found.items, found.count, sizeof(*found.items), newer_first);
    for (size_t i = 0; i < found.count && !f->page->has_more; i++)
        TRY(add_row(f, &found.items[i]));
    return NULL;
}

static err next_batch(struct searching *f, struct db_query *q, uint32_t *numbers, size_t *count)
{
    bool has_row = true;
    for (*count = 0; *count < BATCH_NUMBERS && has_row;) {
        TRY(db_next(f->a, q, &has_row));
        if (has_row)
            numbers[(*count)++] = (uint32_t)db_get_int(q, 0);
    }
    return NULL;
}

err search_read(struct arena *a, struct session *s, const struct reader *r,
                const struct search_query *q, struct page *out)
{
    ASSERT(q->limit > 0 && s->holds_views);
    struct page page = {0};
    struct searching f = {.a = a, .s = s, .r = r, .q = q, .page = &page};
    OWNED(buf_done) struct buf match;
    OWNED(db_query_done) struct db_query hits = {0};
    buf_init(&match, MATCH_BYTES_MAX);
    TRY(write_match(&f, &match));
    int64_t before = q->before ? q->before : (int64_t)s->last_number + 1;
    size_t count = match.len ? BATCH_NUMBERS : 0;
    if (match.len)
        TRY(db_query(a, s->db, SQL_FIND, DB_ARGS(db_text(buf_str(&match)), db_int(before)), &hits));
    while (count == BATCH_NUMBERS && !page.has_more) {
        uint32_t numbers[BATCH_NUMBERS];
        TRY(next_batch(&f, &hits, numbers, &count));
        if (count)
            TRY(add_batch(&f, numbers, count));
    }
    *out = page;
    return NULL;
}

/* ---- how far the index is */

err search_behind(struct arena *a, struct session *s, const struct reader *r, uint64_t *out)
{
    struct search_state at;
    struct view_query view = {.is_newest_only = true};
    uint64_t sum = 0;
    TRY(search_state_read(a, s, &at));
    view.after = at.indexed;
    reader_audiences(s, r, &view.audiences, &view.audience_count, &view.generation);
    for (size_t i = 0; i < s->policy->collection_count; i++) {
        uint64_t regular;
        uint64_t contested;
        view.collection = s->policy->collections[i].n;
        TRY(views_count(a, s->store->views, s->db, &view, &regular, &contested));
        sum += regular + contested;
    }
    *out = sum;
    return NULL;
}
